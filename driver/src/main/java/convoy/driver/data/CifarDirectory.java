package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import java.io.FileNotFoundException;
import java.io.IOException;
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
 * be checked without reading them: {@code *.bin} files hold records, those whose name starts with
 * {@code test} the test images and all others training images. Names that start with a dot or an
 * underscore are no part of the set.
 */
public final class CifarDirectory {
  /** The records of CIFAR-10: ten classes of 32 x 32 pixels in three colours. */
  public static final RecordLayout LAYOUT = new RecordLayout(new ImageShape(3, 32, 32), 10);

  private static final Pattern NUMBERED = Pattern.compile("data_batch_([0-9]{1,6})[.]bin");

  private CifarDirectory() {}

  /** Whether a file of this name holds records. */
  public static boolean holdsRecords(String name) {
    return name.endsWith(".bin") && !name.startsWith(".") && !name.startsWith("_");
  }

  /** What the records of such a file are for. */
  public static Split split(String name) {
    return name.startsWith("test") ? Split.TEST : Split.TRAINING;
  }

  /**
   * The image set in a directory.
   *
   * @param uri the directory as the user named it
   * @throws UserException if the directory does not exist, has no training or no test file, or has
   *     one of a wrong length
   */
  static RecordFiles read(Configuration configuration, String uri, Path directory)
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
            .filter(status -> holdsRecords(status.getPath().getName()))
            .sorted(Comparator.comparing(status -> status.getPath().getName()))
            .toList();
    if (Arrays.stream(statuses).noneMatch(CifarDirectory::isOfCifar)) {
      throw noImageSet(uri, statuses);
    }
    RecordCounts.require(directory.getFileSystem(configuration), directory, binaries);
    requireNoGap(uri, binaries);
    binaries.forEach(CifarDirectory::requireWholeRecords);
    requireSplit(
        uri, binaries, Split.TRAINING, "it has no training file (expected data_batch_*.bin)");
    requireSplit(uri, binaries, Split.TEST, "it has no test file (expected test_batch.bin)");
    ImageSet set =
        new ImageSet(
            directory.toString(),
            LAYOUT.shape(),
            0,
            Fit.STRETCH,
            ClassNames.read(configuration, uri),
            ImageSetContents.UNKNOWN,
            ImageSetOrigin.UNKNOWN);
    return new RecordFiles(set, binaries.stream().map(CifarDirectory::file).toList());
  }

  /** Whether an image set without a description is meant: other programs have .bin files, too. */
  private static boolean isOfCifar(FileStatus status) {
    String name = status.getPath().getName();
    return status.isFile()
        && (name.equals(ClassNames.FILE) || name.matches("(data|test)_batch.*[.]bin"));
  }

  private static UserException noImageSet(String uri, FileStatus[] statuses) {
    List<String> folders =
        Arrays.stream(statuses)
            .filter(FileStatus::isDirectory)
            .map(status -> Shown.name(status.getPath().getName()))
            .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
            .sorted()
            .toList();
    String found =
        switch (folders.size()) {
          case 0 -> "";
          case 1 -> ", but the folder \"%s\"".formatted(folders.get(0));
          default -> ", but %d folders, the first \"%s\"".formatted(folders.size(), folders.get(0));
        };
    return cannotRead(
        uri,
        "it holds neither %s nor CIFAR-10's data_batch_*.bin%s (name the directory of an image set; 'convoy data import' makes one from pictures)"
            .formatted(ImageSetDescription.FILE, found),
        null);
  }

  private static RecordFile file(FileStatus status) {
    String name = status.getPath().getName();
    return new RecordFile(name, split(name), status.getLen() / LAYOUT.bytes());
  }

  private static void requireSplit(String uri, List<FileStatus> files, Split split, String reason) {
    if (files.stream().noneMatch(file -> split(file.getPath().getName()) == split)) {
      throw cannotRead(uri, reason, null);
    }
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

  private static void requireWholeRecords(FileStatus file) {
    long surplus = file.getLen() % LAYOUT.bytes();
    if (file.getLen() == 0) {
      throw cannotRead(
          file.getPath().toString(),
          "it is empty; expected records of %d bytes (import the data set again)"
              .formatted(LAYOUT.bytes()),
          null);
    }
    if (surplus != 0) {
      throw cannotRead(
          file.getPath().toString(),
          "its %d bytes are not whole records of %d bytes; the broken one begins at byte %d (import the data set again)"
              .formatted(file.getLen(), LAYOUT.bytes(), file.getLen() - surplus),
          null);
    }
  }

  private static UserException cannotRead(String what, String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT, "Cannot read the image set %s: %s".formatted(what, reason), cause);
  }
}
