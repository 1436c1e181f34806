package convoy.worker.training;

import convoy.worker.engine.Engines;
import convoy.worker.engine.TrainingNetwork;

/** Where a training begins: freshly drawn parameters and an untouched optimizer. */
public final class InitialState {
  private InitialState() {}

  /** The initial state of the task's network; the same seed, the same bits. */
  public static TrainingState of(ReplicaTask task) {
    try (TrainingNetwork network =
        Engines.named(task.engine()).openTraining(task.training(), task.batchSize(), task.seed())) {
      return new TrainingState(network.parameters(), network.optimizerState(), 0);
    }
  }
}
