package convoy.worker.image.decoding;

import java.util.Locale;

/**
 * A file that cannot be turned into an image: a reason with a stable name and one sentence that
 * holds the values. It concerns this file alone; whoever reads many files goes on with the next.
 */
public final class UnreadableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a file cannot be read. The names are written to the rows of predictions and stay. */
  public enum Reason {
    /** The file has no bytes. */
    EMPTY,
    /** The bytes are no image of any format known here: text, an archive, a document. */
    NOT_AN_IMAGE,
    /** An image, in a format or a variant of a format that is not decoded. */
    UNSUPPORTED_FORMAT,
    /** The file ends before its image does. */
    TRUNCATED,
    /** The bytes contradict themselves or their checksums. */
    CORRUPT,
    /** More pixels or bytes than allowed, or than the memory holds. */
    TOO_LARGE,
    /** The bytes could not be had from the file system. */
    READ_FAILED
  }

  private final Reason reason;

  /**
   * Refuses a file.
   *
   * @param sentence a {@link java.util.Formatter} pattern for the sentence, without a final stop
   */
  public UnreadableImageException(Reason reason, String sentence, Object... values) {
    super(String.format(Locale.ROOT, sentence, values));
    this.reason = reason;
  }

  /** The reason. */
  public Reason reason() {
    return reason;
  }
}
