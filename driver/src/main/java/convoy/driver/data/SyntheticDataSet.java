package convoy.driver.data;

import convoy.driver.config.OutputConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.Failures;
import convoy.worker.image.Split;
import convoy.worker.image.synthesis.SyntheticImages;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes a set of {@link SyntheticImages} in the layout of CIFAR-10's binary version: {@code
 * data_batch_1.bin} and so on, {@code test_batch.bin}, {@code batches.meta.txt}.
 */
public final class SyntheticDataSet {
  /** Training images a file, as in the official archive. */
  private static final int IMAGES_A_FILE = 10_000;

  private final Configuration hadoop;
  private final OutputConfig output;

  /** Writes to {@code output}, on any Hadoop file system. */
  public SyntheticDataSet(Configuration hadoop, OutputConfig output) {
    this.hadoop = hadoop;
    this.output = output;
  }

  /**
   * Draws and writes the set; its directory appears whole or not at all.
   *
   * @param trainingImages 1 or more
   * @param testImages 1 or more
   * @throws UserException if the output exists and is not to be replaced, or cannot be written
   */
  public DataSetSummary write(int trainingImages, int testImages, long seed) {
    try {
      OutputDirectory directory = new OutputDirectory(hadoop, output, "synthetic images");
      return directory.publish(
          files -> {
            SortedMap<String, Long> counts = new TreeMap<>();
            writeTraining(files, new SyntheticImages(seed, Split.TRAINING), trainingImages, counts);
            SyntheticImages test = new SyntheticImages(seed, Split.TEST);
            write(files, "test_batch.bin", test, 0, testImages);
            counts.put("test_batch.bin", (long) testImages);
            ClassNames.write(SyntheticImages.classNames(), files);
            RecordCounts.write(counts, files);
            return new DataSetSummary(
                directory.location(),
                SyntheticImages.classNames(),
                Map.of(Split.TRAINING, (long) trainingImages, Split.TEST, (long) testImages),
                CifarDirectory.LAYOUT.bytes() * ((long) trainingImages + testImages));
          });
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write synthetic images to %s: %s".formatted(output.path(), Failures.firstLine(e)),
          e);
    }
  }

  private static void writeTraining(
      UnpublishedDirectory files, SyntheticImages images, int count, SortedMap<String, Long> counts)
      throws IOException {
    for (int file = 0; file * (long) IMAGES_A_FILE < count; file++) {
      int first = file * IMAGES_A_FILE;
      int end = first + Math.min(IMAGES_A_FILE, count - first);
      String name = "data_batch_%d.bin".formatted(file + 1);
      write(files, name, images, first, end);
      counts.put(name, (long) end - first);
    }
  }

  private static void write(
      UnpublishedDirectory files, String name, SyntheticImages images, int first, int end)
      throws IOException {
    try (OutputStream out = files.create(name)) {
      for (int index = first; index < end; index++) {
        out.write(images.record(index));
      }
    }
  }
}
