package convoy.worker.prediction;

import convoy.worker.image.decoding.UnreadableImageException;
import convoy.worker.image.decoding.UnreadableImageException.Reason;

/** The outcome for one file: it was classified, or it could not be read. */
public sealed interface Prediction {
  /** The file's full name. */
  String path();

  /**
   * A file that was classified.
   *
   * @param path the file's full name
   * @param classification what it was taken for
   */
  record Classified(String path, Classification classification) implements Prediction {}

  /**
   * A file that could not be read.
   *
   * @param path the file's full name
   * @param reason why
   * @param sentence why, with the values
   */
  record Unreadable(String path, Reason reason, String sentence) implements Prediction {
    /** The file that {@code cause} is about. */
    public static Unreadable of(String path, UnreadableImageException cause) {
      return new Unreadable(path, cause.reason(), cause.getMessage());
    }
  }
}
