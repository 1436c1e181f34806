package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads the records of a slice through a small buffer, however large the slice is. */
final class FileRecords implements Records {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final RecordLayout layout;
  private final Slice slice;
  private final InputStream in;
  private final byte[] storedLabel;
  private int read;

  private FileRecords(RecordLayout layout, Slice slice, InputStream in) {
    this.layout = layout;
    this.slice = slice;
    this.in = in;
    this.storedLabel = new byte[layout.labelBytes()];
  }

  /** Opens the file of a slice where the slice begins. */
  static FileRecords open(RecordLayout layout, Slice slice, Configuration configuration)
      throws IOException {
    Path file = new Path(slice.file());
    FSDataInputStream in = file.getFileSystem(configuration).open(file, BUFFER_BYTES);
    try {
      in.seek(slice.firstRecord() * layout.bytes());
      return new FileRecords(layout, slice, new BufferedInputStream(in, BUFFER_BYTES));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public boolean next(byte[] pixels) throws IOException {
    if (read == slice.records()) {
      return false;
    }
    readFully(storedLabel, storedLabel.length);
    readFully(pixels, layout.pixelBytes());
    if (label() >= layout.classes()) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot read the image set's file %s: the label at byte %d is %d; expected 0 to %d (import the data set again)"
              .formatted(slice.file(), offset(), label(), layout.classes() - 1));
    }
    read++;
    return true;
  }

  @Override
  public int label() {
    return layout.label(storedLabel);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void readFully(byte[] bytes, int count) throws IOException {
    if (in.readNBytes(bytes, 0, count) < count) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot read the image set's file %s: it ends inside the record at byte %d (import the data set again)"
              .formatted(slice.file(), offset()));
    }
  }

  /** Where the record begins that is read now. */
  private long offset() {
    return (slice.firstRecord() + read) * layout.bytes();
  }
}
