package convoy.driver.monitoring.event;

import java.util.List;

/**
 * Test images that are worth looking at, as the published model classifies them.
 *
 * @param time milliseconds since 1970
 * @param epoch whose model it is
 * @param pictures in groups
 */
public record PicturesChosen(long time, int epoch, List<ChosenPicture> pictures)
    implements RunEvent {
  /** Copies the list. */
  public PicturesChosen {
    pictures = List.copyOf(pictures);
  }

  /**
   * A test image.
   *
   * @param group {@code RIGHT}, {@code WRONG} or {@code UNSURE}
   * @param label its true class
   * @param predicted the class that it was taken for
   * @param probability of that class, 0 to 1
   * @param image a data URI of type {@code image/jpeg}
   */
  public record ChosenPicture(
      String group, int label, int predicted, double probability, String image) {}
}
