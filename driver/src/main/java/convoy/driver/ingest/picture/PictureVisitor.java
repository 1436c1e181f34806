package convoy.driver.ingest.picture;

import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;

/** What is done with each picture of a task, in order. */
public interface PictureVisitor {
  /**
   * Takes a picture.
   *
   * @param content its bytes, which tell copies and decide the split
   */
  void visit(Picture picture, byte[] content) throws IOException;

  /** Takes note of one that cannot be read. */
  void reject(Picture picture, UnreadableImageException reason) throws IOException;
}
