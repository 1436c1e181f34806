package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.driver.config.OutputConfig;
import convoy.driver.failure.UserException;
import convoy.worker.image.Split;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.synthesis.SyntheticImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticDataSetTest {
  @TempDir Path directory;

  @Test
  void set_holdsTheImagesOfTheSeedInTheOfficialLayout() throws IOException {
    DataSetSummary summary = write("set", 10_003, 12, 5);

    Path set = directory.resolve("set");
    assertThat(set.resolve("data_batch_1.bin")).hasSize(10_000L * CifarRecord.BYTES);
    byte[] rest = Files.readAllBytes(set.resolve("data_batch_2.bin"));
    byte[] test = Files.readAllBytes(set.resolve("test_batch.bin"));
    assertThat(rest).hasSize(3 * CifarRecord.BYTES);
    assertThat(test).hasSize(12 * CifarRecord.BYTES);
    assertThat(record(rest, 2)).isEqualTo(new SyntheticImages(5, Split.TRAINING).record(10_002));
    assertThat(record(test, 11)).isEqualTo(new SyntheticImages(5, Split.TEST).record(11));
    assertThat(Files.readAllLines(set.resolve("batches.meta.txt")))
        .isEqualTo(SyntheticImages.classNames());
    assertThat(summary)
        .isEqualTo(
            new DataSetSummary(
                "file:" + set,
                SyntheticImages.classNames(),
                Map.of(Split.TRAINING, 10_003L, Split.TEST, 12L),
                10_015L * 3_073));
  }

  @Test
  void set_whereTheTargetExists_isRefused() throws IOException {
    Files.writeString(directory.resolve("set"), "a file");

    assertThatThrownBy(() -> write("set", 10, 10, 1))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Cannot write synthetic images to file:"
                + directory.resolve("set")
                + ": it exists already (");
    assertThat(directory.resolve("set")).hasContent("a file");
  }

  @Test
  void set_whereNothingCanBeWritten_isRefused() throws IOException {
    Files.writeString(directory.resolve("file"), "no folder");

    assertThatThrownBy(() -> write("file/set", 10, 10, 1))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot write synthetic images to file://");
  }

  private DataSetSummary write(String name, int trainingImages, int testImages, long seed) {
    OutputConfig output = new OutputConfig(directory.toUri() + name, false);
    return new SyntheticDataSet(new Configuration(), output)
        .write(trainingImages, testImages, seed);
  }

  private static byte[] record(byte[] records, int index) {
    return Arrays.copyOfRange(records, index * CifarRecord.BYTES, (index + 1) * CifarRecord.BYTES);
  }
}
