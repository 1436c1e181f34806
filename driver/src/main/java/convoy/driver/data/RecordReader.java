package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the records of one {@code .bin} file in order and says where one is wrong: the file's name
 * and the byte offset. The stream is the caller's to close.
 */
final class RecordReader {
  private final InputStream in;
  private final String source;
  private long records;

  RecordReader(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /**
   * Reads the next record into {@code record}, as long as one of {@link CifarDirectory#LAYOUT}.
   *
   * @return false at the end of the file, {@code record} then is undefined
   * @throws UserException if the file is empty, ends inside a record, or a label is above 9
   */
  boolean next(byte[] record) throws IOException {
    int length = in.readNBytes(record, 0, CifarDirectory.LAYOUT.bytes());
    long offset = records * CifarDirectory.LAYOUT.bytes();
    if (length == 0 && records == 0) {
      throw invalid("the file is empty");
    }
    if (length > 0 && length < CifarDirectory.LAYOUT.bytes()) {
      throw invalid("at byte %d it ends after %d bytes of a record".formatted(offset, length));
    }
    if (length == 0) {
      return false;
    }
    int label = record[0] & 0xff;
    if (label >= CifarDirectory.LAYOUT.classes()) {
      throw invalid("at byte %d the label is %d".formatted(offset, label));
    }
    records++;
    return true;
  }

  /** The number of whole records read so far. */
  long records() {
    return records;
  }

  private UserException invalid(String reason) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot read %s: %s (expected one or more records of %d bytes, each a label of 0 to %d and %d bytes of pixels)"
            .formatted(
                source,
                reason,
                CifarDirectory.LAYOUT.bytes(),
                CifarDirectory.LAYOUT.classes() - 1,
                CifarDirectory.LAYOUT.pixelBytes()));
  }
}
