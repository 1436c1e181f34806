package convoy.worker.training;

/**
 * Batch-norm means and variances of minibatches, each minibatch's counted as often as it has
 * images, added up.
 *
 * @param images in all minibatches, 0 or more
 * @param sums one for each entry of the network's running statistics, in their order; shared, not
 *     copied
 */
@SuppressWarnings("ArrayRecordComponent") // Wire type: compared by nobody.
public record MinibatchStatistics(long images, double[] sums) {
  /** Both together. Floating-point sums: add in partition order. */
  public MinibatchStatistics plus(MinibatchStatistics other) {
    double[] both = sums.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.sums[i];
    }
    return new MinibatchStatistics(images + other.images, both);
  }

  /**
   * The mean over the images of the {@code i}th statistic.
   *
   * @throws IllegalStateException if there are no images
   */
  public float mean(int i) {
    if (images == 0) {
      throw new IllegalStateException(
          "Cannot estimate batch-norm statistics: no minibatch was seen");
    }
    return (float) (sums[i] / images);
  }
}
