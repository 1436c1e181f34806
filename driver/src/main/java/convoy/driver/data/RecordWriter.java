package convoy.driver.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** Writes records to a file, end to end, and counts them. Closing it closes the file. */
public final class RecordWriter implements Closeable {
  private final RecordLayout layout;
  private final OutputStream out;
  private long images;

  /** Writes records of that layout to {@code out}, in many small pieces: it should be buffered. */
  public RecordWriter(RecordLayout layout, OutputStream out) {
    this.layout = layout;
    this.out = out;
  }

  /**
   * Writes one record.
   *
   * @param label 0 to the number of classes - 1
   * @param pixels uint8 {@code [C][H][W]}, from the start of the array
   * @throws IllegalArgumentException if there is no class of that label
   */
  public void write(int label, byte[] pixels) throws IOException {
    if (label < 0 || label >= layout.classes()) {
      throw new IllegalArgumentException(
          "Cannot write a record of label %d: labels run from 0 to %d"
              .formatted(label, layout.classes() - 1));
    }
    out.write(layout.storedLabel(label));
    out.write(pixels, 0, layout.pixelBytes());
    images++;
  }

  /** How many records have been written. */
  public long images() {
    return images;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
