package convoy.worker.training;

import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.network.FirstBadLayer;
import convoy.worker.network.NetworkSpec;
import java.util.Optional;

/**
 * Looks for the step and the layer at which a replica diverged. Once an output is not finite, the
 * gradients of that step spoil the parameters of every layer, and a rectifier may hide it from the
 * loss. So the round's steps are taken once more, which gives the same bits, with a look at the
 * parameters after each.
 */
final class DivergenceSearch {
  private DivergenceSearch() {}

  /**
   * Where the replica, which is known to have diverged in the round, did; empty if all is well this
   * time, as may be with several threads a replica, whose sums are not the same each time.
   *
   * @param before what the round started from
   * @param network to take steps with; what it holds is replaced
   */
  static Optional<Divergence> of(
      ReplicaTask task,
      TrainingState before,
      Round round,
      int partition,
      ImageShard shard,
      TrainingNetwork network) {
    NetworkSpec spec = task.training().network();
    RoundMinibatches minibatches = new RoundMinibatches(task, round, partition, shard);
    LocalSteps steps = new LocalSteps(task, before, round, partition, minibatches, network);
    float[] parameters = before.parameters();
    while (steps.hasNext()) {
      StepResult result = steps.next();
      float[] good = parameters;
      parameters = network.parameters();
      Optional<String> spoilt = FirstBadLayer.inParameters(spec, parameters);
      if (spoilt.isPresent() || !Double.isFinite(result.lossSum())) {
        Optional<String> layer =
            FirstBadLayer.inParameters(spec, good)
                .or(() -> FirstBadLayer.inOutputs(spec, good, steps.minibatch()))
                .or(() -> spoilt);
        return Optional.of(new Divergence(partition, steps.count(), result.lossSum(), layer));
      }
    }
    return Optional.empty();
  }
}
