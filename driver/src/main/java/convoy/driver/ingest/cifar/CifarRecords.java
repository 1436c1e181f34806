package convoy.driver.ingest.cifar;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.driver.ingest.picture.Picture;
import convoy.driver.ingest.picture.PictureVisitor;
import convoy.worker.image.Split;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads the records of one file of CIFAR-10 or CIFAR-100, and says where one is wrong. */
final class CifarRecords {
  private final CifarLayout layout;
  private final String source;

  /** Records of a file that messages and rows call {@code source}. */
  CifarRecords(CifarLayout layout, String source) {
    this.layout = layout;
    this.source = source;
  }

  /**
   * Shows every record as a picture {@code FILE:NUMBER}, numbered from 0, whose content is its
   * pixels.
   *
   * @throws UserException if the file ends inside a record, or a label is too high
   */
  void read(InputStream in, Split given, PictureVisitor visitor) throws IOException {
    byte[] record = new byte[layout.recordBytes()];
    long number = 0;
    while (true) {
      int length = in.readNBytes(record, 0, record.length);
      if (length == 0) {
        return;
      }
      if (length < record.length) {
        throw ends(number * record.length, length);
      }
      int label = layout.label(record);
      if (label >= layout.classes()) {
        throw invalid(
            "the label of the record at byte %d is %d".formatted(number * record.length, label));
      }
      byte[] pixels = Arrays.copyOfRange(record, layout.labelBytes(), record.length);
      visitor.visit(new Picture(source + ":" + number, label, given), pixels);
      number++;
    }
  }

  /**
   * The number of records in a file of that length.
   *
   * @throws UserException if it is empty or not whole records
   */
  long count(long bytes) {
    if (bytes == 0) {
      throw invalid("the file is empty");
    }
    long surplus = bytes % layout.recordBytes();
    if (surplus != 0) {
      throw ends(bytes - surplus, surplus);
    }
    return bytes / layout.recordBytes();
  }

  private UserException ends(long offset, long bytes) {
    return invalid("at byte %d it ends after %d bytes of a record".formatted(offset, bytes));
  }

  private UserException invalid(String reason) {
    return new UserException(
        ExitCode.INPUT,
        ("Cannot import %s: %s (%s has records of %d bytes with labels of 0 to %d; download it"
                + " again, or give another --kind)")
            .formatted(
                Shown.path(source),
                reason,
                layout.setName(),
                layout.recordBytes(),
                layout.classes() - 1));
  }
}
