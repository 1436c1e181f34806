package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes the files of a data set one by one, in any order, and writes those that belong to it while
 * checking every record.
 */
final class DataSetIntake {
  private final UnpublishedDirectory files;
  private final String source;
  private final Set<String> taken = new HashSet<>();
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final Map<Split, Long> images = new EnumMap<>(Split.class);
  private List<String> classNames = List.of();

  /** Writes with {@code files} what comes from {@code source}. */
  DataSetIntake(UnpublishedDirectory files, String source) {
    this.files = files;
    this.source = source;
  }

  /**
   * Takes one file; one that is no part of a data set is passed over.
   *
   * @param path its path in the source, of which only the last name is kept
   * @throws UserException if its content is wrong or two files have the same name
   */
  void take(String path, InputStream content) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean records = CifarDirectory.holdsRecords(name);
    if (!records && !name.equals(ClassNames.FILE)) {
      return;
    }
    if (!taken.add(name)) {
      throw incomplete("it holds two files named " + name, "keep one");
    }
    if (records) {
      copy(name, new RecordReader(content, source + "/" + path));
    } else {
      classNames = ClassNames.read(content, source + "/" + path);
    }
  }

  /**
   * Ends the set.
   *
   * @param location where it will be
   * @throws UserException if training images, test images or class names are missing
   */
  DataSetSummary finish(String location) throws IOException {
    long training = images.getOrDefault(Split.TRAINING, 0L);
    long test = images.getOrDefault(Split.TEST, 0L);
    if (images.isEmpty()) {
      throw incomplete(
          "it holds no .bin files",
          "give the binary version of CIFAR-10, or the folder in which data_batch_1.bin lies");
    }
    if (training == 0) {
      throw incomplete("it holds no training images", "add data_batch_1.bin and its fellows");
    }
    if (test == 0) {
      throw incomplete("it holds no test images", "add test_batch.bin");
    }
    if (classNames.isEmpty()) {
      throw ClassNames.missing(source);
    }
    ClassNames.write(classNames, files);
    RecordCounts.write(counts, files);
    return new DataSetSummary(
        location,
        classNames,
        Map.of(Split.TRAINING, training, Split.TEST, test),
        CifarDirectory.LAYOUT.bytes() * (training + test));
  }

  private void copy(String name, RecordReader reader) throws IOException {
    byte[] record = new byte[CifarDirectory.LAYOUT.bytes()];
    try (OutputStream out = files.create(name)) {
      while (reader.next(record)) {
        out.write(record);
      }
    }
    counts.put(name, reader.records());
    images.merge(CifarDirectory.split(name), reader.records(), Long::sum);
  }

  private UserException incomplete(String reason, String remedy) {
    return new UserException(
        ExitCode.INPUT, "Cannot import %s: %s (%s)".formatted(source, reason, remedy));
  }
}
