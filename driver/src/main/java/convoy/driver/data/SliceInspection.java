package convoy.driver.data;

import convoy.driver.failure.UserException;
import convoy.driver.store.Failures;
import convoy.worker.image.shard.PixelCounter;
import convoy.worker.image.shard.PixelStatistics;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;

/**
 * What one task found out about its slice: statistics, the images of each class, a digest, and what
 * is wrong with it: that it may not be read, or its first bad label.
 */
final class SliceInspection implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PixelStatistics statistics;
  private final long[] imagesPerClass;
  private final String sha256;
  private final String problem;

  private SliceInspection(
      PixelStatistics statistics, long[] imagesPerClass, String sha256, String problem) {
    this.statistics = statistics;
    this.imagesPerClass = imagesPerClass;
    this.sha256 = sha256;
    this.problem = problem;
  }

  /** Reads the slice, one record after the other. */
  static SliceInspection of(ImageSource source, Slice slice, Configuration configuration)
      throws IOException {
    try (Records records = source.records(slice, configuration)) {
      return of(source.set(), records);
    } catch (UserException e) {
      return failed(e.getMessage());
    } catch (AccessControlException | FileNotFoundException e) {
      return failed(
          "Cannot read the image set: %s cannot be read: %s (check its permissions)"
              .formatted(slice.file(), Failures.firstLine(e)));
    }
  }

  private static SliceInspection of(ImageSet set, Records records) throws IOException {
    RecordLayout layout = new RecordLayout(set.storedShape(), set.classNames().size());
    PixelCounter counter = new PixelCounter(layout.shape());
    long[] imagesPerClass = new long[layout.classes()];
    MessageDigest digest = newDigest();
    byte[] pixels = new byte[layout.pixelBytes()];
    while (records.next(pixels)) {
      digest.update(layout.storedLabel(records.label()));
      digest.update(pixels);
      counter.add(pixels, 0);
      imagesPerClass[records.label()]++;
    }
    return new SliceInspection(
        counter.statistics(), imagesPerClass, HexFormat.of().formatHex(digest.digest()), null);
  }

  private static SliceInspection failed(String problem) {
    return new SliceInspection(PixelStatistics.empty(0), new long[0], "", problem);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  PixelStatistics statistics() {
    return statistics;
  }

  /** The images of each class, in label order. */
  long[] imagesPerClass() {
    return imagesPerClass;
  }

  /** Of the records as {@link RecordLayout} stores them. */
  String sha256() {
    return sha256;
  }

  /** One line about what is wrong first, with what to do about it, or null if nothing is. */
  String problem() {
    return problem;
  }
}
