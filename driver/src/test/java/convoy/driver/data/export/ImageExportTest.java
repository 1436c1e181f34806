package convoy.driver.data.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.driver.data.DescribedSet;
import convoy.driver.data.SampleRecords;
import convoy.driver.failure.UserException;
import convoy.driver.store.OutputSpec;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import convoy.worker.image.shard.CifarRecord;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageExportTest {
  private static final String NAMES =
      "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n";

  @TempDir Path directory;

  @BeforeEach
  void writeSet() throws IOException {
    Path set = Files.createDirectory(directory.resolve("set"));
    Files.writeString(set.resolve("batches.meta.txt"), NAMES);
    Files.write(set.resolve("data_batch_1.bin"), SampleRecords.of(20));
    Files.write(set.resolve("data_batch_2.bin"), SampleRecords.of(13));
    Files.write(set.resolve("test_batch.bin"), SampleRecords.of(10));
  }

  @Test
  void export_writesEveryPixelOfEveryImageIntoItsClassFolder() throws IOException {
    ExportSummary summary = export(Split.TRAINING, Integer.MAX_VALUE);

    List<Path> files = files();
    assertThat(files).hasSize(33);
    assertThat(summary.images()).isEqualTo(33);
    assertThat(summary.location()).isEqualTo("file:" + directory.resolve("images"));
    assertThat(summary.bytes())
        .isEqualTo(files.stream().mapToLong(file -> file.toFile().length()).sum());
    assertPixels("airplane/00000.png", SampleRecords.of(20), 0);
    assertPixels("truck/00019.png", SampleRecords.of(20), 19);
    assertPixels("airplane/00020.png", SampleRecords.of(13), 0);
    assertPixels("bird/00032.png", SampleRecords.of(13), 12);
  }

  @Test
  void export_ofTheTestSplit_takesTheTestImagesAlone() throws IOException {
    export(Split.TEST, Integer.MAX_VALUE);

    assertThat(files()).hasSize(10);
    assertPixels("cat/00003.png", SampleRecords.of(10), 3);
  }

  @Test
  void export_ofSome_takesTheFirstOnes() throws IOException {
    ExportSummary summary = export(Split.TRAINING, 22);

    assertThat(files()).hasSize(22).contains(directory.resolve("images/automobile/00021.png"));
    assertThat(summary.images()).isEqualTo(22);
  }

  @Test
  void export_ofADamagedSet_saysWhereAndLeavesNothing() throws IOException {
    byte[] records = SampleRecords.of(10);
    records[9 * CifarRecord.BYTES] = 99;
    Files.write(directory.resolve("set/test_batch.bin"), records);

    assertThatThrownBy(() -> export(Split.TEST, 10))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("test_batch.bin: the label at byte 27657 is 99; expected 0 to 9 (");
    assertThat(directory.resolve("images")).doesNotExist();
  }

  @Test
  void export_ofASplitThatTheSetLacks_isRefused() {
    assertThatThrownBy(() -> export(Split.VALIDATION, 10))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot export images of file:%s: it has no validation images (choose another --split)",
            directory.resolve("set"));
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 9", "3, 40, 7"})
  void export_ofASetOfAnyShape_losesNoPixel(int channels, int height, int width)
      throws IOException {
    ImageShape shape = new ImageShape(channels, height, width);
    DescribedSet set = DescribedSet.write(directory.resolve("other"), shape, 300);
    OutputSpec output = new OutputSpec(directory.toUri() + "images", false);

    new ImageExport(new Configuration(), directory.toUri() + "other", output)
        .write(Split.VALIDATION, 10);

    assertThat(files()).hasSize(set.images(Split.VALIDATION).size());
    for (int i = 0; i < set.images(Split.VALIDATION).size(); i++) {
      DescribedSet.Image image = set.images(Split.VALIDATION).get(i);
      Path file = directory.resolve("images/class %d/%05d.png".formatted(image.label(), i));
      Raster raster = ImageIO.read(file.toFile()).getRaster();
      assertThat(raster.getNumBands()).isEqualTo(channels);
      for (int channel = 0; channel < channels; channel++) {
        int[] plane = raster.getSamples(0, 0, width, height, channel, (int[]) null);
        for (int k = 0; k < plane.length; k++) {
          assertThat(plane[k]).isEqualTo(image.pixels().get(channel * plane.length + k) & 0xff);
        }
      }
    }
  }

  @Test
  void export_withoutImagesOfTheSplit_isRefused() throws IOException {
    Files.delete(directory.resolve("set/test_batch.bin"));

    assertThatThrownBy(() -> export(Split.TEST, 10))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it has no test file (");
  }

  @Test
  void export_withoutClassNames_isRefused() throws IOException {
    Files.delete(directory.resolve("set/batches.meta.txt"));

    assertThatThrownBy(() -> export(Split.TEST, 10))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it has no batches.meta.txt (");
  }

  @Test
  void export_ofWhatIsNotThere_isRefused() {
    OutputSpec output = new OutputSpec(directory.toUri() + "images", false);
    ImageExport export =
        new ImageExport(new Configuration(), directory.toUri() + "missing", output);

    assertThatThrownBy(() -> export.write(Split.TEST, 10))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no such directory (");
  }

  private ExportSummary export(Split split, int most) {
    OutputSpec output = new OutputSpec(directory.toUri() + "images", false);
    return new ImageExport(new Configuration(), directory.toUri() + "set", output)
        .write(split, most);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("images"))) {
      return files.filter(file -> file.toString().endsWith(".png")).toList();
    }
  }

  private void assertPixels(String file, byte[] records, int index) throws IOException {
    BufferedImage image = ImageIO.read(directory.resolve("images").resolve(file).toFile());
    int start = index * CifarRecord.BYTES + 1;
    assertThat(image.getWidth()).isEqualTo(32);
    assertThat(image.getHeight()).isEqualTo(32);
    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 32; column++) {
        int red = start + 32 * row + column;
        int expected =
            (records[red] & 0xff) << 16
                | (records[red + 1024] & 0xff) << 8
                | (records[red + 2048] & 0xff);
        assertThat(image.getRGB(column, row) & 0xffffff).isEqualTo(expected);
      }
    }
  }
}
