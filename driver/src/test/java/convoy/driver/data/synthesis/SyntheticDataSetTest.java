package convoy.driver.data.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.driver.data.DataSetSummary;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.failure.UserException;
import convoy.driver.store.OutputSpec;
import convoy.worker.image.Split;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.synthesis.SyntheticImages;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticDataSetTest {
  @TempDir Path directory;

  @Test
  void records_areTheImagesOfTheSeedInTheOfficialLayout() throws IOException {
    DataSetSummary summary = write(SynthesisLayout.RECORDS, "set", 10_003, 12, 5);

    Path set = directory.resolve("set");
    assertThat(set.resolve("data_batch_1.bin")).hasSize(10_000L * CifarRecord.BYTES);
    byte[] rest = Files.readAllBytes(set.resolve("data_batch_2.bin"));
    byte[] test = Files.readAllBytes(set.resolve("test_batch.bin"));
    assertThat(rest).hasSize(3 * CifarRecord.BYTES);
    assertThat(test).hasSize(12 * CifarRecord.BYTES);
    assertRecord(rest, 2, new SyntheticImages(5, Split.TRAINING), 10_002);
    assertRecord(test, 11, new SyntheticImages(5, Split.TEST), 11);
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
  void records_areReadAlikeByTheirDescriptionAndWithoutIt() throws IOException {
    write(SynthesisLayout.RECORDS, "set", 10_010, 20, 5);
    Configuration hadoop = new Configuration();
    String set = directory.resolve("set").toUri().toString();
    ImageSource described = ImageSources.open(hadoop, set);

    assertThat(described.set().contents().imagesPerClass(Split.TRAINING))
        .isEqualTo(Collections.nCopies(10, 1_001L));
    assertThat(described.set().origin().settings()).containsEntry("synthesis.seed", "5");
    Files.delete(directory.resolve("set/image-set.json"));
    ImageSource plain = ImageSources.open(hadoop, set);

    assertThat(plain.slices(Split.TRAINING)).isEqualTo(described.slices(Split.TRAINING));
    assertThat(plain.set().classNames()).isEqualTo(described.set().classNames());
    assertThat(ImageSetInspection.of(hadoop, plain).fingerprint())
        .isEqualTo(described.set().contents().fingerprint());
  }

  @Test
  void folders_holdTheSamePictures_eachInItsClass() throws IOException {
    DataSetSummary summary = write(SynthesisLayout.FOLDERS, "set", 30, 10, 3);

    List<Path> files;
    try (Stream<Path> all = Files.walk(directory.resolve("set"))) {
      files = all.filter(file -> file.toString().endsWith(".png")).toList();
    }
    assertThat(files).hasSize(40);
    assertThat(summary.images(Split.TRAINING)).isEqualTo(30);
    assertThat(summary.bytes())
        .isEqualTo(files.stream().mapToLong(file -> file.toFile().length()).sum());
    SyntheticImages training = new SyntheticImages(3, Split.TRAINING);
    SyntheticImages test = new SyntheticImages(3, Split.TEST);
    for (int i = 0; i < 10; i++) {
      assertPicture("train", training, i);
      assertPicture("test", test, i);
    }
  }

  private void assertPicture(String folder, SyntheticImages images, int index) throws IOException {
    String className = SyntheticImages.classNames().get(images.label(index));
    Path file = directory.resolve("set/%s/%s/%05d.png".formatted(folder, className, index + 1));
    Raster raster = ImageIO.read(file.toFile()).getRaster();
    byte[] pixels = images.pixels(index);
    for (int channel = 0; channel < 3; channel++) {
      int[] plane = raster.getSamples(0, 0, 32, 32, channel, (int[]) null);
      for (int k = 0; k < plane.length; k++) {
        assertThat(plane[k]).isEqualTo(pixels[channel * 1024 + k] & 0xff);
      }
    }
  }

  @Test
  void set_whereTheTargetExists_isRefused() throws IOException {
    Files.writeString(directory.resolve("set"), "a file");

    assertThatThrownBy(() -> write(SynthesisLayout.RECORDS, "set", 10, 10, 1))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Cannot write the image set to file:"
                + directory.resolve("set")
                + ": it exists already (");
    assertThat(directory.resolve("set")).hasContent("a file");
  }

  @Test
  void set_whereNothingCanBeWritten_isRefused() throws IOException {
    Files.writeString(directory.resolve("file"), "no folder");

    assertThatThrownBy(() -> write(SynthesisLayout.FOLDERS, "file/set", 10, 10, 1))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot write synthetic images to file://");
  }

  private DataSetSummary write(
      SynthesisLayout layout, String name, int trainingImages, int testImages, long seed) {
    OutputSpec output = new OutputSpec(directory.toUri() + name, false);
    return new SyntheticDataSet(new Configuration(), output)
        .write(new SynthesisSpec(layout, trainingImages, testImages, seed));
  }

  private static void assertRecord(byte[] records, int place, SyntheticImages images, int index) {
    int start = place * CifarRecord.BYTES;
    assertThat(records[start]).isEqualTo((byte) images.label(index));
    assertThat(Arrays.copyOfRange(records, start + 1, start + CifarRecord.BYTES))
        .isEqualTo(images.pixels(index));
  }
}
