package convoy.driver.data;

import java.io.Closeable;
import java.io.IOException;

/** The labelled images of one slice, one after the other, in the order of the slice. */
public interface Records extends Closeable {
  /**
   * Goes on to the next image.
   *
   * @param pixels takes the image, uint8 {@code [C][H][W]} of the set's stored shape, from its
   *     start
   * @return false after the last image; {@code pixels} and {@link #label} then are undefined
   * @throws IOException if the file cannot be read
   * @throws convoy.driver.failure.UserException if the label is that of no class, or the file has
   *     become shorter; it says where
   */
  boolean next(byte[] pixels) throws IOException;

  /** The label of the image that {@link #next} went on to: an index into the class names. */
  int label();
}
