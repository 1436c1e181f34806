package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.ImageDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FolderImportTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();

  @TempDir Path directory;

  @Test
  void import_ofFoldersUnderSplits_hasEveryPictureDecodedInTheOrderOfTheNames() throws Exception {
    Path photos = directory.resolve("photos");
    PictureFiles.fill(photos.resolve("train/cat"), 3, 100);
    PictureFiles.fill(photos.resolve("train/dog"), 2, 200);
    PictureFiles.fill(photos.resolve("val/cat"), 1, 300);
    PictureFiles.fill(photos.resolve("val/dog"), 1, 400);
    PictureFiles.fill(photos.resolve("test/cat"), 1, 500);
    PictureFiles.fill(photos.resolve("test/dog"), 2, 600);
    Files.writeString(photos.resolve("README.md"), "about");

    ImportSummary summary = run("photos", "import.size=8");

    ImageSource set = Imports.open(directory.resolve("set"));
    ImageDecoder decoder =
        new ImportPlan(set.set().storedShape(), 0, set.set().fit(), 1000, null).decoder();
    assertThat(set.set().classNames()).containsExactly("cat", "dog");
    assertThat(Imports.images(set, Split.TRAINING))
        .containsExactly(
            image(0, decoder, 100),
            image(0, decoder, 101),
            image(0, decoder, 102),
            image(1, decoder, 200),
            image(1, decoder, 201));
    assertThat(Imports.images(set, Split.VALIDATION))
        .containsExactly(image(0, decoder, 300), image(1, decoder, 400));
    assertThat(Imports.images(set, Split.TEST))
        .containsExactly(image(0, decoder, 500), image(1, decoder, 600), image(1, decoder, 601));
    assertThat(summary.text())
        .isEqualTo(
            """
            Imported 5 training, 2 validation and 3 test images of 2 classes to %s, stored at 8x8 pixels
              class    training  validation        test
              cat             3           1           1
              dog             2           1           2
            """
                .formatted("file:" + directory.resolve("set")));
    assertThat(Imports.names(directory)).containsExactly("photos", "set");
    assertThat(Imports.names(directory.resolve("set")))
        .containsExactly(
            "image-set.json",
            "pictures",
            "test-00000.bin",
            "training-00000.bin",
            "validation-00000.bin");
  }

  @Test
  void description_saysWhatReadingEveryRecordTells() {
    PictureFiles.fill(directory.resolve("photos/cat"), 40, 100);
    PictureFiles.fill(directory.resolve("photos/dog"), 40, 200);

    run("photos", "import.size=8", "import.validation-share=0.2", "import.test-share=0.3");

    ImageSource set = Imports.open(directory.resolve("set"));
    assertThat(ImageSetInspection.of(SPARK.context(), set)).isEqualTo(set.set().contents());
  }

  private Imports.Image image(int label, ImageDecoder decoder, int seed) throws Exception {
    byte[] pixels = decoder.decode(PictureFiles.png(seed));
    return new Imports.Image(label, new String(pixels, StandardCharsets.ISO_8859_1));
  }

  private ImportSummary run(String from, String... settings) {
    return Imports.run(SPARK, directory.resolve(from), directory.resolve("set"), settings);
  }
}
