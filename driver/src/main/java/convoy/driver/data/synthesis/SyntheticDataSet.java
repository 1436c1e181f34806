package convoy.driver.data.synthesis;

import convoy.driver.data.DataSetSummary;
import convoy.driver.data.OutputDirectory;
import convoy.driver.data.OutputKind;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.Failures;
import convoy.driver.store.OutputSpec;
import convoy.worker.image.Split;
import convoy.worker.image.synthesis.SyntheticImages;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Draws {@link SyntheticImages} and writes them, as an image set or as files in folders. */
public final class SyntheticDataSet {
  private final Configuration hadoop;
  private final OutputSpec output;

  /** Writes to {@code output}, on any Hadoop file system. */
  public SyntheticDataSet(Configuration hadoop, OutputSpec output) {
    this.hadoop = hadoop;
    this.output = output;
  }

  /**
   * Draws and writes the images; their directory appears whole or not at all.
   *
   * @throws UserException if the output exists and is not to be replaced, or cannot be written
   */
  public DataSetSummary write(SynthesisSpec synthesis) {
    try {
      OutputKind kind =
          switch (synthesis.layout()) {
            case RECORDS -> OutputKind.IMAGE_SET;
            case FOLDERS -> OutputKind.PICTURES;
          };
      OutputDirectory directory = new OutputDirectory(hadoop, output, kind);
      return directory.publish(
          files -> {
            long bytes =
                switch (synthesis.layout()) {
                  case RECORDS -> new SyntheticRecords(hadoop, synthesis).write(files);
                  case FOLDERS -> new SyntheticFolders(synthesis).write(files);
                };
            return new DataSetSummary(
                directory.location(),
                SyntheticImages.classNames(),
                Map.of(
                    Split.TRAINING, (long) synthesis.trainingImages(),
                    Split.TEST, (long) synthesis.testImages()),
                bytes);
          });
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write synthetic images to %s: %s".formatted(output.path(), Failures.firstLine(e)),
          e);
    }
  }
}
