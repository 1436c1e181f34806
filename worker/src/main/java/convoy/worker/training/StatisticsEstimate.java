package convoy.worker.training;

import convoy.worker.engine.RunningStatistics;
import convoy.worker.engine.RunningStatistics.Run;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.shard.ImageShard;
import java.util.Arrays;

/**
 * Batch-norm statistics estimated anew for given parameters, on training images: those that running
 * means gathered on the way belong to the parameters of the steps that gathered them, and averaged
 * parameters never took a step (Izmailov et al., "Averaging Weights Leads to Wider Optima and
 * Better Generalization", 2018, section 3.2).
 *
 * <p>Exactly: the mean over minibatches, weighted by their images, of each channel's mean and of
 * its variance within the minibatch (divided by the number of values, not by one less), with
 * augmentation as in training, all layers before normalised by the minibatch's own statistics. So
 * it is the value around which the running statistics of a training step with these parameters move
 * (Ioffe and Szegedy, "Batch Normalization", 2015, algorithm 2, whose factor that makes the
 * variance unbiased is left out), were it not for dropout: that is left out too, since it widens
 * the variance of what follows, and a network that predicts has none (Li et al., "Understanding the
 * Disharmony between Dropout and Batch Normalization by Variance Shift", 2018).
 *
 * <p>How any engine tells the statistics of a minibatch: a training step from running statistics of
 * 0 leaves {@code (1 - decay)} times them in the parameter vector. What else the step did there is
 * dropped, and everything loaded anew before the next.
 */
public final class StatisticsEstimate {
  /** The state of an optimizer that has taken no step. */
  private static final float[] UNTOUCHED = {};

  /** The seed of no masks. */
  private static final long NO_DROPOUT = 0;

  private StatisticsEstimate() {}

  /**
   * The statistics of the round's minibatches on {@code shard}.
   *
   * @param parameters whose statistics are wanted; those that they hold do not matter
   * @param round which minibatches; with its number it chooses the random draws, so it is to be one
   *     that no training has
   * @param partition the shard's number, from 0: it chooses the random draws
   */
  public static MinibatchStatistics of(
      ReplicaTask task,
      float[] parameters,
      RunningStatistics statistics,
      Round round,
      int partition,
      ImageShard shard) {
    double[] sums = new double[statistics.count()];
    RoundMinibatches minibatches = new RoundMinibatches(task, round, partition, shard);
    if (!minibatches.hasNext()) {
      return new MinibatchStatistics(0, sums);
    }
    try (NetworkPool.Lease lease = NetworkPool.lease(task.withoutDropout())) {
      TrainingNetwork network = lease.network();
      float[] start = withoutStatistics(parameters, statistics);
      while (minibatches.hasNext()) {
        var minibatch = minibatches.next();
        network.load(start, UNTOUCHED, 0);
        network.step(minibatch, 0, NO_DROPOUT);
        add(network.parameters(), minibatch.count(), statistics, sums);
      }
      lease.done();
    }
    return new MinibatchStatistics(minibatches.images(), sums);
  }

  /** The parameters with the estimated statistics in the place of their own. */
  public static float[] applied(
      MinibatchStatistics estimate, RunningStatistics statistics, float[] parameters) {
    float[] applied = parameters.clone();
    int next = 0;
    for (Run run : statistics.runs()) {
      for (int i = 0; i < run.length(); i++) {
        applied[run.offset() + i] = estimate.mean(next++);
      }
    }
    return applied;
  }

  private static float[] withoutStatistics(float[] parameters, RunningStatistics statistics) {
    float[] start = parameters.clone();
    for (Run run : statistics.runs()) {
      Arrays.fill(start, run.offset(), run.offset() + run.length(), 0);
    }
    return start;
  }

  private static void add(
      float[] stepped, int images, RunningStatistics statistics, double[] sums) {
    int next = 0;
    for (Run run : statistics.runs()) {
      for (int i = 0; i < run.length(); i++) {
        sums[next++] += images * (stepped[run.offset() + i] / (1 - run.decay()));
      }
    }
  }
}
