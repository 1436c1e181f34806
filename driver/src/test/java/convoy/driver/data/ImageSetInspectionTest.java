package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.LocalSpark;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Split;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.PixelStatistics;
import convoy.worker.model.FloatVector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ImageSetInspectionTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();
  @TempDir Path directory;

  private ImageSource source() throws IOException {
    return ImageSources.open(
        new Configuration(), ImageSetFiles.write(directory, 100, 40).toString());
  }

  @Test
  void statistics_areThoseOfTheTrainingImagesAlone() throws IOException {
    PixelStatistics expected =
        PixelStatistics.of(RandomImages.shard(1, 33))
            .plus(PixelStatistics.of(RandomImages.shard(2, 67)));

    PixelStatistics found = ImageSetInspection.of(SPARK.context(), source()).training();

    assertThat(found.pixelsPerChannel()).isEqualTo(100 * 32 * 32);
    assertThat(found.sums()).isEqualTo(expected.sums());
    assertThat(found.squares()).isEqualTo(expected.squares());
  }

  @Test
  void fingerprint_isTheSha256OfTheSlicesSha256s_inTheOrderOfTheFiles() throws IOException {
    ImageSource source = source();
    StringBuilder lines = new StringBuilder();
    for (String name : List.of("data_batch_1.bin", "data_batch_2.bin", "test_batch.bin")) {
      lines.append(FloatVector.sha256(Files.readAllBytes(directory.resolve(name)))).append('\n');
    }

    ImageSetContents found = ImageSetInspection.of(SPARK.context(), source);

    assertThat(found.fingerprint())
        .isEqualTo(FloatVector.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
    Files.write(directory.resolve("test_batch.bin"), ImageSetFiles.records(99, 40));
    assertThat(ImageSetInspection.of(SPARK.context(), source).fingerprint())
        .isNotEqualTo(found.fingerprint());
  }

  @Test
  void imagesPerClass_areCountedPerSplit() throws IOException {
    ImageSource source = source();
    Long[] expected = new Long[10];
    Arrays.fill(expected, 0L);
    byte[] test = Files.readAllBytes(directory.resolve("test_batch.bin"));
    for (int start = 0; start < test.length; start += CifarRecord.BYTES) {
      expected[test[start]]++;
    }

    ImageSetContents found = ImageSetInspection.of(SPARK.context(), source);

    assertThat(found.imagesPerClass(Split.TEST)).containsExactly(expected);
    assertThat(found.imagesPerClass(Split.TRAINING).stream().mapToLong(Long::longValue).sum())
        .isEqualTo(100);
    assertThat(found.imagesPerClass(Split.VALIDATION)).isEmpty();
  }

  @Test
  void readingInThisProcess_findsTheSame() throws IOException {
    ImageSource source = source();

    ImageSetContents here = ImageSetInspection.of(new Configuration(), source);

    assertThat(here)
        .usingRecursiveComparison()
        .isEqualTo(ImageSetInspection.of(SPARK.context(), source));
  }

  @Test
  void fileThatIsGoneByTheTimeItIsRead_isNamed() throws IOException {
    ImageSource source = source();
    Files.delete(directory.resolve("data_batch_2.bin"));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSetInspection.of(SPARK.context(), source))
        .withMessageStartingWith(
            "Cannot read the image set's file file:%s/data_batch_2.bin: FileNotFoundException, "
                .formatted(directory))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void labelOutOfRange_isNamedWithFileAndByteOffset() throws IOException {
    ImageSource source = source();
    byte[] records = ImageSetFiles.records(2, 67);
    records[41 * CifarRecord.BYTES] = 10;
    records[50 * CifarRecord.BYTES] = 77;
    Files.write(directory.resolve("data_batch_2.bin"), records);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSetInspection.of(SPARK.context(), source))
        .withMessage(
            "Cannot read the image set's file file:%s/data_batch_2.bin: the label at byte %d is 10; expected 0 to 9 (import the data set again)",
            directory, 41 * 3073)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }
}
