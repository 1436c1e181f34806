package convoy.driver.ingest.picture;

import convoy.worker.image.ImageShape;
import convoy.worker.image.decoding.ImageDecoder;
import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;
import java.io.Serializable;
import java.util.stream.Stream;

/** What one task of an import reads: pictures in the order of their records, on an executor. */
public interface PictureTask extends Serializable {
  /** How many pictures it will show, as far as is known; for the display of progress. */
  long pictures();

  /**
   * Where the files lie that it reads, as {@link convoy.driver.files.ListedFile} has it, where each
   * picture is a file; none where the source itself holds the pictures.
   */
  default Stream<String> locations() {
    return Stream.empty();
  }

  /**
   * Shows every picture.
   *
   * @throws convoy.driver.failure.UserException if what holds the pictures is damaged
   * @throws IOException if a file system is out of reach
   */
  void read(PictureReading reading, PictureVisitor visitor) throws IOException;

  /**
   * The pixels of a picture's content, uint8 {@code [3][H][W]}.
   *
   * @param shape of the result
   * @param decoder of picture files to that shape
   */
  default byte[] pixels(byte[] content, ImageShape shape, ImageDecoder decoder)
      throws IOException, UnreadableImageException {
    return decoder.decode(content);
  }
}
