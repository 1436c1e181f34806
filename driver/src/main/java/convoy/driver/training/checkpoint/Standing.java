package convoy.driver.training.checkpoint;

/**
 * How a training run stands after its epochs so far, by the accuracy that is measured after each.
 * The array is shared, not copied, and must not be changed.
 *
 * @param epochsAtChance successive epochs, up to the last, whose accuracy was that of guessing
 * @param lastAccuracy of the last epoch, 0 to 1; 0 before the first
 * @param bestEpoch the earliest one whose accuracy none exceeds, 1 or more; 0 before the first
 * @param bestAccuracy of that epoch, 0 to 1; 0 before the first
 * @param bestParameters that were measured after that epoch, float32; of length 0 if they are not
 *     kept
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record Standing(
    int epochsAtChance,
    double lastAccuracy,
    int bestEpoch,
    double bestAccuracy,
    float[] bestParameters) {
  private static final float[] NOT_KEPT = {};

  /** Before the first epoch. */
  public static final Standing START = new Standing(0, 0, 0, 0, NOT_KEPT);

  /**
   * The standing after one more epoch.
   *
   * @param accuracy of the epoch, 0 to 1
   * @param chanceLimit the highest accuracy that still counts as that of guessing
   * @param parameters to keep if it is the best; of length 0 to keep none
   */
  public Standing after(int epoch, double accuracy, double chanceLimit, float[] parameters) {
    int atChance = accuracy > chanceLimit ? 0 : epochsAtChance + 1;
    return bestEpoch == 0 || accuracy > bestAccuracy
        ? new Standing(atChance, accuracy, epoch, accuracy, parameters)
        : new Standing(atChance, accuracy, bestEpoch, bestAccuracy, bestParameters);
  }

  /** The same without a best epoch, as where another epoch is to be looked for from now on. */
  public Standing withoutBest() {
    return new Standing(epochsAtChance, lastAccuracy, 0, 0, NOT_KEPT);
  }
}
