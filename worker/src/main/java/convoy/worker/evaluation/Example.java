package convoy.worker.evaluation;

import convoy.worker.image.ImageShape;

/**
 * A classified picture that is worth looking at.
 *
 * @param group why
 * @param label its true class
 * @param predicted the class that it was taken for
 * @param probability of that class, 0 to 1
 * @param shape of the picture
 * @param pixels uint8 {@code [3][H][W]}
 */
@SuppressWarnings("ArrayRecordComponent") // Wire type: compared by nobody.
public record Example(
    Group group, int label, int predicted, float probability, ImageShape shape, byte[] pixels) {
  /** Why a picture is worth looking at. */
  public enum Group {
    /** It was classified rightly, and more surely than any other of its class. */
    RIGHT,
    /** It was classified wrongly, and surely. */
    WRONG,
    /** The network was least sure of it. */
    UNSURE
  }
}
