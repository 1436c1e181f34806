package convoy.bench.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSetTest {
  @TempDir private Path directory;

  @Test
  void recordsOfTwoFiles_areTheImagesInOrder() throws IOException {
    write("a.bin", 1, 10, 20, 0, 30, 40);
    write("b.bin", 2, 50, 60);
    write("t.bin", 1, 70, 80);
    describe(1, file("a.bin", "training"), file("t.bin", "test"), file("b.bin", "training"));

    TrainingSet set = TrainingSet.read(directory);

    assertThat(set.classes()).isEqualTo(3);
    assertThat(set.training().shape()).isEqualTo(new ImageShape(1, 1, 2));
    assertThat(set.training().count()).isEqualTo(3);
    assertThat(set.training().label(0)).isEqualTo(1);
    assertThat(set.training().label(2)).isEqualTo(2);
    assertThat(set.training().level(1, 0, 0, 1)).isEqualTo(40);
    assertThat(set.training().level(2, 0, 0, 0)).isEqualTo(50);
    assertThat(set.training().level(2, 0, 0, 2)).as("outside the image").isZero();
    assertThat(set.test().count()).isEqualTo(1);
    assertThat(set.test().level(0, 0, 0, 0)).isEqualTo(70);
  }

  @Test
  void labelsOfTwoBytes_areBigEndian() throws IOException {
    write("a.bin", 1, 2, 10, 20);
    write("t.bin", 255, 255, 30, 40);
    describe(2, file("a.bin", "training"), file("t.bin", "test"));

    TrainingSet set = TrainingSet.read(directory);

    assertThat(set.training().label(0)).isEqualTo(258);
    assertThat(set.test().label(0)).isEqualTo(65_535);
  }

  @Test
  void normalization_ofTheSums_makesTheTrainingPixelsStandard() throws IOException {
    write("a.bin", 0, 51, 204);
    write("t.bin", 0, 0, 0);
    describe(1, file("a.bin", "training"), file("t.bin", "test"));

    float[] inputs = TrainingSet.read(directory).normalization().table()[0];

    // Two values have the mean between them and a deviation of half their distance.
    assertThat(inputs[51]).isEqualTo(-1, within(1e-6f));
    assertThat(inputs[204]).isEqualTo(1, within(1e-6f));
  }

  @Test
  void directoryWithoutADescription_isRefused() {
    assertThatIOException()
        .isThrownBy(() -> TrainingSet.read(directory))
        .withMessage(
            "Cannot read %s: there is no such file (give a directory that convoy data import wrote)",
            directory.resolve("image-set.json"));
  }

  @Test
  void descriptionThatLacksSomething_isRefused() throws IOException {
    Files.writeString(directory.resolve("image-set.json"), "{}");

    assertThatIOException()
        .isThrownBy(() -> TrainingSet.read(directory))
        .withMessageStartingWith("Cannot read %s: ".formatted(directory.resolve("image-set.json")))
        .withMessageContaining("storedShape")
        .withMessageEndingWith(" (import the set anew)");
  }

  @Test
  void setWithoutTestImages_isRefused() throws IOException {
    write("a.bin", 0, 51, 204);
    describe(1, file("a.bin", "training"));

    assertThatIOException()
        .isThrownBy(() -> TrainingSet.read(directory))
        .withMessage(
            "Cannot train on %s: it has no test images (import a set with that split)", directory);
  }

  @Test
  void fileThatEndsWithinARecord_isRefused() throws IOException {
    write("a.bin", 0, 51, 204, 1);
    write("t.bin", 0, 0, 0);
    describe(1, file("a.bin", "training"), file("t.bin", "test"));

    assertThatIOException()
        .isThrownBy(() -> TrainingSet.read(directory))
        .withMessage(
            "Cannot read %s: its 4 bytes are no whole number of records of 3 (import it anew)",
            directory.resolve("a.bin"));
  }

  private void write(String name, int... values) throws IOException {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    Files.write(directory.resolve(name), bytes);
  }

  private static String file(String name, String split) {
    return "{\"name\": \"%s\", \"split\": \"%s\", \"images\": 1}".formatted(name, split);
  }

  /** Three classes of grey images of 1x2 pixels; the statistics are those of the levels 51, 204. */
  private void describe(int labelBytes, String... files) throws IOException {
    Files.writeString(
        directory.resolve("image-set.json"),
        """
        {"format": "convoy-image-set", "formatVersion": 1,
         "storedShape": {"channels": 1, "height": 1, "width": 2},
         "margin": 0, "fit": "crop", "classNames": ["a", "b", "c"], "labelBytes": %d,
         "files": [%s],
         "trainingPixels": {"pixelsPerChannel": 2, "sums": [255], "squares": [44217]}}
        """
            .formatted(labelBytes, String.join(", ", files)));
  }
}
