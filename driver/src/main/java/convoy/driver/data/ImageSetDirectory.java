package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.Locations;
import convoy.worker.image.Split;
import convoy.worker.image.shard.CifarRecord;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Finds the files of an image set in the layout of the CIFAR-10 binary version and checks what can
 * be checked without reading them. {@link DataSetFiles} says which file is what.
 */
public final class ImageSetDirectory {
  /** Records a slice at most: 30 MB, as the official files have. */
  private static final int RECORDS_PER_SLICE = 10_000;

  private static final Pattern NUMBERED = Pattern.compile("data_batch_([0-9]{1,6})[.]bin");

  private ImageSetDirectory() {}

  /**
   * The image set in a directory of any Hadoop file system.
   *
   * @throws UserException if the directory cannot be read, has no training or no test file, or has
   *     one of a wrong length
   */
  public static ImageSet read(Configuration configuration, String uri) {
    Path directory = Locations.qualified(configuration, uri);
    return Locations.reach(directory, () -> read(configuration, uri, directory));
  }

  private static ImageSet read(Configuration configuration, String uri, Path directory)
      throws IOException {
    FileStatus[] statuses;
    try {
      statuses = directory.getFileSystem(configuration).listStatus(directory);
    } catch (FileNotFoundException e) {
      throw cannotRead(uri, "there is no such directory (see 'convoy data import --help')", e);
    }
    List<FileStatus> binaries =
        Arrays.stream(statuses)
            .filter(FileStatus::isFile)
            .filter(status -> DataSetFiles.holdsRecords(status.getPath().getName()))
            .sorted(Comparator.comparing(status -> status.getPath().getName()))
            .toList();
    RecordCounts.require(directory.getFileSystem(configuration), directory, binaries);
    requireNoGap(uri, binaries);
    List<FileSlice> training = slices(ofSplit(binaries, Split.TRAINING));
    List<FileSlice> test = slices(ofSplit(binaries, Split.TEST));
    if (training.isEmpty()) {
      throw cannotRead(uri, "it has no training file (expected data_batch_*.bin)", null);
    }
    if (test.isEmpty()) {
      throw cannotRead(uri, "it has no test file (expected test_batch.bin)", null);
    }
    return new ImageSet(directory.toString(), ClassNames.read(configuration, uri), training, test);
  }

  /** Numbered training files run from 1 without a gap, as in the official archive. */
  private static void requireNoGap(String uri, List<FileStatus> files) {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (FileStatus file : files) {
      Matcher matcher = NUMBERED.matcher(file.getPath().getName());
      if (matcher.matches()) {
        numbers.add(Integer.parseInt(matcher.group(1)));
      }
    }
    for (int number = 1; !numbers.isEmpty() && number < numbers.last(); number++) {
      if (!numbers.contains(number)) {
        throw cannotRead(
            uri,
            "data_batch_%d.bin is missing, and there is a data_batch_%d.bin (import the data set again)"
                .formatted(number, numbers.last()),
            null);
      }
    }
  }

  private static List<FileStatus> ofSplit(List<FileStatus> files, Split split) {
    return files.stream()
        .filter(status -> DataSetFiles.split(status.getPath().getName()) == split)
        .toList();
  }

  private static List<FileSlice> slices(List<FileStatus> files) {
    List<FileSlice> slices = new ArrayList<>();
    long index = 0;
    for (FileStatus file : files) {
      requireWholeRecords(file);
      long records = file.getLen() / CifarRecord.BYTES;
      for (long first = 0; first < records; first += RECORDS_PER_SLICE) {
        int count = (int) Math.min(RECORDS_PER_SLICE, records - first);
        slices.add(new FileSlice(file.getPath().toString(), first, count, index + first));
      }
      index += records;
    }
    if (index > Integer.MAX_VALUE) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot read %d images: a split may have at most %d".formatted(index, Integer.MAX_VALUE));
    }
    return slices;
  }

  private static void requireWholeRecords(FileStatus file) {
    long surplus = file.getLen() % CifarRecord.BYTES;
    if (file.getLen() == 0) {
      throw cannotRead(
          file.getPath().toString(),
          "it is empty; expected records of %d bytes (import the data set again)"
              .formatted(CifarRecord.BYTES),
          null);
    }
    if (surplus != 0) {
      throw cannotRead(
          file.getPath().toString(),
          "its %d bytes are not whole records of %d bytes; the broken one begins at byte %d (import the data set again)"
              .formatted(file.getLen(), CifarRecord.BYTES, file.getLen() - surplus),
          null);
    }
  }

  private static UserException cannotRead(String what, String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT, "Cannot read the image set %s: %s".formatted(what, reason), cause);
  }
}
