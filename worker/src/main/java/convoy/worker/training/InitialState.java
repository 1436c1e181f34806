package convoy.worker.training;

import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.catalog.Engines;

/** Where a training run begins: freshly drawn parameters and an untouched optimizer. */
public final class InitialState {
  private InitialState() {}

  /** The initial state of the task's network; the same seed, the same bits, whatever engine. */
  public static TrainingState of(ReplicaTask task) {
    try (TrainingNetwork network =
        Engines.reference().openTraining(task.training(), task.batchSize(), task.seed())) {
      return new TrainingState(network.parameters(), network.optimizerState(), 0);
    }
  }
}
