package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.driver.data.export.PngEncoder;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.ImageDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CifarImportTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();

  @TempDir Path directory;

  @Test
  void import_ofCifar10_keepsEveryByteOfTheRecordsInTheOrderOfTheFiles() throws IOException {
    PictureFiles.write(directory.resolve("cifar.tar.gz"), SampleArchive.cifar10().gzip());

    ImportSummary summary = run("cifar.tar.gz");

    assertThat(bytes("training"))
        .isEqualTo(joined(CifarSamples.cifar10(20), CifarSamples.cifar10(10)));
    assertThat(bytes("test")).isEqualTo(CifarSamples.cifar10(10));
    assertThat(Imports.open(directory.resolve("set")).set().classNames())
        .isEqualTo(CifarSamples.NAMES_10.strip().lines().toList());
    assertThat(summary.images(Split.TRAINING)).isEqualTo(30);
    assertThat(summary.images(Split.TEST)).isEqualTo(10);
  }

  @Test
  void import_ofTheUnpackedFolder_hasTheContentsOfTheFolderItself() throws IOException {
    Path folder = directory.resolve("cifar-10-batches-bin");
    PictureFiles.write(folder.resolve("data_batch_1.bin"), CifarSamples.cifar10(20));
    PictureFiles.write(folder.resolve("test_batch.bin"), CifarSamples.cifar10(10));
    PictureFiles.write(folder.resolve("._data_batch_1.bin"), new byte[100]);
    Files.writeString(folder.resolve("batches.meta.txt"), CifarSamples.NAMES_10);

    run("cifar-10-batches-bin");

    ImageSource own = Imports.open(folder);
    ImageSource imported = Imports.open(directory.resolve("set"));
    assertThat(imported.set().contents())
        .usingRecursiveComparison()
        .isEqualTo(ImageSetInspection.of(SPARK.context(), own));
    assertThat(imported.set().classNames()).isEqualTo(own.set().classNames());
    assertThat(Imports.images(imported, Split.TRAINING))
        .isEqualTo(Imports.images(own, Split.TRAINING));
  }

  @Test
  void import_ofCifar100_takesTheFineOrTheCoarseLabel() throws IOException {
    PictureFiles.write(directory.resolve("cifar-100.tar.gz"), cifar100().gzip());

    run("cifar-100.tar.gz");
    Imports.run(
        SPARK,
        directory.resolve("cifar-100.tar.gz"),
        directory.resolve("coarse"),
        "import.labels=coarse");

    ImageSource fine = Imports.open(directory.resolve("set"));
    ImageSource coarse = Imports.open(directory.resolve("coarse"));
    assertThat(fine.set().classNames()).isEqualTo(CifarSamples.names(100).lines().toList());
    assertThat(coarse.set().classNames()).isEqualTo(CifarSamples.names(20).lines().toList());
    List<Imports.Image> images = Imports.images(fine, Split.TEST);
    List<Imports.Image> same = Imports.images(coarse, Split.TEST);
    byte[] records = CifarSamples.cifar100(100, 2);
    for (int i = 0; i < 100; i++) {
      String pixels = new String(records, i * 3074 + 2, 3072, StandardCharsets.ISO_8859_1);
      assertThat(images.get(i)).isEqualTo(new Imports.Image(i, pixels));
      assertThat(same.get(i)).isEqualTo(new Imports.Image(i / 5, pixels));
    }
  }

  @Test
  void import_toAnotherSize_resizesAsADecoderDoes() throws Exception {
    PictureFiles.write(directory.resolve("cifar.tar.gz"), SampleArchive.cifar10().gzip());

    run("cifar.tar.gz", "import.size=16x8", "import.margin=2");

    ImageSource set = Imports.open(directory.resolve("set"));
    ImageShape stored = new ImageShape(3, 12, 20);
    assertThat(set.set().storedShape()).isEqualTo(stored);
    assertThat(set.set().margin()).isEqualTo(2);
    byte[] pixels = Arrays.copyOfRange(CifarSamples.cifar10(10), 1, 3073);
    byte[] resized =
        new ImageDecoder(stored, Fit.CROP, 10_000)
            .decode(new PngEncoder(new ImageShape(3, 32, 32)).encode(pixels));
    assertThat(Imports.images(set, Split.TEST).get(0).pixels())
        .isEqualTo(new String(resized, StandardCharsets.ISO_8859_1));
  }

  @Test
  void import_withAValidationShare_takesItFromTrainingAlone() {
    SampleArchive archive =
        SampleArchive.cifar10()
            .file("cifar-10-batches-bin/data_batch_1.bin", CifarSamples.cifar10(400));
    PictureFiles.write(directory.resolve("cifar.tar.gz"), archive.gzip());

    ImportSummary summary = run("cifar.tar.gz", "import.validation-share=0.25");

    assertThat(summary.images(Split.TRAINING) + summary.images(Split.VALIDATION)).isEqualTo(410);
    assertThat(summary.images(Split.TEST)).isEqualTo(10);
    assertThat(summary.images(Split.VALIDATION)).isBetween(70L, 140L);
  }

  static SampleArchive cifar100() {
    return new SampleArchive()
        .file("cifar-100-binary/train.bin", CifarSamples.cifar100(200, 1))
        .file("cifar-100-binary/test.bin", CifarSamples.cifar100(100, 2))
        .file("cifar-100-binary/fine_label_names.txt", CifarSamples.names(100))
        .file("cifar-100-binary/coarse_label_names.txt", CifarSamples.names(20));
  }

  private ImportSummary run(String from, String... settings) {
    return Imports.run(SPARK, directory.resolve(from), directory.resolve("set"), settings);
  }

  /** All files of records of a split, end to end. */
  private byte[] bytes(String split) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String name : Imports.names(directory.resolve("set"))) {
      if (name.startsWith(split)) {
        bytes.write(Files.readAllBytes(directory.resolve("set").resolve(name)));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
