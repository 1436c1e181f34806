package convoy.driver.training.plan;

import convoy.worker.training.LearningRate;
import convoy.worker.training.LearningRateSchedule;

/**
 * How the learning rate goes over a training run of any length.
 *
 * @param highest rate, for a global minibatch of {@code scalingImages}, 1e-9 to 10
 * @param course from the end of the warm-up to the end of the run
 * @param warmUp share of the run in which the rate first rises from 0, 0 to 0.999999
 * @param scaling how the highest rate follows the global minibatch
 * @param scalingImages images of the global minibatch that {@code highest} is meant for, 1 or more
 */
public record LearningRateSpec(
    double highest,
    LearningRateSchedule course,
    double warmUp,
    RateScaling scaling,
    int scalingImages) {
  /**
   * The rate of every step of a run.
   *
   * @param globalBatchSize images that one step of all replicas sees
   * @param steps of a replica in all
   */
  LearningRate over(long steps, double globalBatchSize) {
    return new LearningRate(
        highest * scaling.factor(globalBatchSize / scalingImages), course, warmUp, steps);
  }
}
