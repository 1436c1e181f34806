package convoy.driver.data;

import convoy.driver.failure.UserException;
import convoy.driver.store.Failures;
import convoy.driver.store.Sha256;
import convoy.worker.image.shard.PixelCounter;
import convoy.worker.image.shard.PixelStatistics;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;

/**
 * What one task found out about its slice.
 *
 * @param statistics of the pixels
 * @param imagesPerClass how many images each class has, in label order
 * @param sha256 of the records as {@link RecordLayout} stores them
 * @param problem one line about what is wrong first, that the slice may not be read or that a label
 *     is that of no class, with what to do about it
 */
record SliceInspection(
    PixelStatistics statistics,
    List<Long> imagesPerClass,
    String sha256,
    Optional<String> problem) {
  /** Reads the slice, one record after the other. */
  static SliceInspection of(ImageSource source, Slice slice, Configuration configuration)
      throws IOException {
    try (Records records = source.records(slice, configuration)) {
      return of(source.set(), records);
    } catch (UserException e) {
      return failed(e.getMessage());
    } catch (AccessControlException | FileNotFoundException e) {
      return failed(
          "Cannot read the image set's file %s: %s (check its permissions)"
              .formatted(slice.file(), Failures.firstLine(e)));
    }
  }

  private static SliceInspection of(ImageSet set, Records records) throws IOException {
    RecordLayout layout = new RecordLayout(set.storedShape(), set.classNames().size());
    PixelCounter counter = new PixelCounter(layout.shape());
    long[] imagesPerClass = new long[layout.classes()];
    MessageDigest digest = Sha256.start();
    byte[] pixels = new byte[layout.pixelBytes()];
    while (records.next(pixels)) {
      digest.update(layout.storedLabel(records.label()));
      digest.update(pixels);
      counter.add(pixels, 0);
      imagesPerClass[records.label()]++;
    }
    return new SliceInspection(
        counter.statistics(),
        Arrays.stream(imagesPerClass).boxed().toList(),
        Sha256.end(digest),
        Optional.empty());
  }

  private static SliceInspection failed(String problem) {
    return new SliceInspection(PixelStatistics.empty(0), List.of(), "", Optional.of(problem));
  }
}
