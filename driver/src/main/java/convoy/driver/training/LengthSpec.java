package convoy.driver.training;

import convoy.driver.training.checkpoint.Standing;

/**
 * How long a training run goes on, and which of its epochs is published.
 *
 * @param epochs passes over all training images, 1 or more, if nothing ends it earlier
 * @param stuckEpochs successive epochs at chance after which it fails, 0 for never
 * @param patience epochs without a better validation accuracy after which it ends, 0 for never
 * @param keep which epoch is published
 */
public record LengthSpec(int epochs, int stuckEpochs, int patience, KeptEpoch keep) {
  /** Whether no epoch comes after {@code epoch}. */
  boolean isOver(int epoch, Standing standing) {
    return epoch >= epochs || isOutOfPatience(epoch, standing);
  }

  /** Whether it publishes the model of the best epoch, which there may not be yet. */
  boolean publishesBest(Standing standing) {
    return keep == KeptEpoch.BEST && standing.bestEpoch() > 0;
  }

  /**
   * The epoch whose model is published.
   *
   * @param last the last one that is done
   */
  int publishedEpoch(int last, Standing standing) {
    return publishesBest(standing) ? standing.bestEpoch() : last;
  }

  /** Whether the best epoch is so long ago that no better one is waited for. */
  private boolean isOutOfPatience(int epoch, Standing standing) {
    return patience > 0 && standing.bestEpoch() > 0 && epoch - standing.bestEpoch() >= patience;
  }
}
