package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import convoy.driver.LogLines;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.driver.files.OddNames;
import convoy.driver.ingest.table.CsvFile;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.ImageDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FolderImportTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();

  @RegisterExtension final LogLines log = new LogLines();

  @TempDir Path directory;

  @Test
  void import_ofFoldersUnderSplits_hasEveryPictureDecodedInTheOrderOfTheNames() throws Exception {
    Path photos = directory.resolve("photos");
    PictureFiles.fill(photos.resolve("train/cat"), 3, 100);
    PictureFiles.fill(photos.resolve("train/dog"), 2, 200);
    PictureFiles.fill(photos.resolve("Val/cat"), 1, 300);
    PictureFiles.fill(photos.resolve("Val/dog"), 1, 400);
    PictureFiles.fill(photos.resolve("test/cat"), 1, 500);
    PictureFiles.fill(photos.resolve("test/dog"), 2, 600);
    Files.writeString(photos.resolve("README.md"), "about");

    ImportSummary summary = run("photos", "import.size=8");

    ImageSource set = Imports.open(directory.resolve("set"));
    ImageDecoder decoder = decoder(8);
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
    assertThat(ImageSetInspection.of(SPARK.context(), set))
        .usingRecursiveComparison()
        .isEqualTo(set.set().contents());
  }

  @Test
  void import_ofMoreThanOneTask_keepsTheOrderOfTheNames() throws Exception {
    Path photos = directory.resolve("photos");
    PictureFiles.fill(photos.resolve("train/cat"), 400, 1_000);
    PictureFiles.fill(photos.resolve("train/dog"), 300, 2_000);
    PictureFiles.fill(photos.resolve("test/cat"), 1, 3_000);
    PictureFiles.fill(photos.resolve("test/dog"), 1, 4_000);

    run("photos", "import.size=8");

    List<Imports.Image> expected = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      expected.add(image(0, decoder(8), 1_000 + i));
    }
    for (int i = 0; i < 300; i++) {
      expected.add(image(1, decoder(8), 2_000 + i));
    }
    assertThat(Imports.names(directory.resolve("set")))
        .contains("training-00000.bin", "training-00001.bin", "training-00002.bin");
    assertThat(Imports.images(Imports.open(directory.resolve("set")), Split.TRAINING))
        .isEqualTo(expected);
  }

  @Test
  void pictures_stayInTheirSplitsWhenOthersAreAdded() throws Exception {
    PictureFiles.fill(directory.resolve("photos/cat"), 60, 1_000);
    PictureFiles.fill(directory.resolve("photos/dog"), 60, 2_000);
    run("photos", "import.size=8", "import.test-share=0.3", "import.validation-share=0.2");
    Map<String, String> before = splits();
    for (int i = 0; i < 50; i++) {
      Path added = directory.resolve("photos/cat/%03d a.png".formatted(i));
      PictureFiles.write(added, PictureFiles.png(5_000 + i));
      PictureFiles.write(
          directory.resolve("photos/owl/%03d.png".formatted(i)), PictureFiles.png(6_000 + i));
    }

    run(
        "photos",
        "import.size=8",
        "import.test-share=0.3",
        "import.validation-share=0.2",
        "output.overwrite=true");

    assertThat(before).hasSize(120);
    assertThat(splits()).hasSize(220).containsAllEntriesOf(before);
  }

  @Test
  void copies_lieOnOneSideAndAreNamed() throws Exception {
    PictureFiles.fill(directory.resolve("photos/cat"), 50, 1_000);
    PictureFiles.fill(directory.resolve("photos/dog"), 50, 1_000);
    PictureFiles.fill(directory.resolve("photos/owl"), 50, 1_000);

    ImportSummary summary = run("photos", "import.size=8", "import.test-share=0.4");

    Map<String, String> splits = splits();
    for (int i = 0; i < 50; i++) {
      String cat = "file:" + directory.resolve("photos/cat/%03d.png".formatted(i));
      assertThat(splits.get(cat.replace("cat", "dog"))).isEqualTo(splits.get(cat));
      assertThat(splits.get(cat.replace("cat", "owl"))).isEqualTo(splits.get(cat));
    }
    assertThat(summary.copies().count()).isEqualTo(100);
    assertThat(summary.copies().acrossSplits().count()).isZero();
    assertThat(summary.copies().acrossClasses().first()).hasSize(5);
    assertThat(summary.text())
        .contains("Copies of another picture, byte for byte: 100 (file:")
        .contains("Warning: copies under another class than the original: 100\n")
        .contains("photos/dog/000.png (dog, ")
        .doesNotContain("another split");
    assertThat(rows("copies")).hasSize(100);
  }

  @Test
  void copyOfATestPictureInTraining_isWarnedOf() throws Exception {
    Path photos = directory.resolve("photos");
    PictureFiles.fill(photos.resolve("train/cat"), 3, 100);
    PictureFiles.fill(photos.resolve("train/dog"), 3, 200);
    PictureFiles.fill(photos.resolve("test/cat"), 2, 102);
    PictureFiles.fill(photos.resolve("test/dog"), 2, 300);

    ImportSummary summary = run("photos", "import.size=8");

    assertThat(summary.text())
        .contains("Warning: copies in another split than the original: 1\n")
        .contains(
            "  file:%1$s/photos/train/cat/002.png (cat, training) = file:%1$s/photos/test/cat/000.png (cat, test)"
                .formatted(directory))
        .doesNotContain("another class");
  }

  @Test
  void pictureUnderTwoClasses_isWarnedOf_alsoIfOneIsALink() throws Exception {
    Path photos = directory.resolve("photos");
    PictureFiles.fill(photos.resolve("train/cat"), 3, 100);
    PictureFiles.fill(photos.resolve("train/two\nlines"), 3, 200);
    PictureFiles.fill(photos.resolve("test/cat"), 1, 300);
    PictureFiles.fill(photos.resolve("test/two\nlines"), 1, 400);
    PictureFiles.write(photos.resolve("train/cat/copy.png"), PictureFiles.png(100));
    Files.createSymbolicLink(
        photos.resolve("train/two\nlines/link.png"), photos.resolve("train/cat/000.png"));

    ImportSummary summary = run("photos", "import.size=8");

    assertThat(summary.copies().count()).isEqualTo(2);
    assertThat(summary.text())
        .endsWith(
            """
            Copies of another picture, byte for byte: 2 (file:%1$s/set/copies lists them)
            Warning: copies under another class than the original: 1
              file:%1$s/photos/train/two?lines/link.png (two?lines, training) = file:%1$s/photos/train/cat/000.png (cat, training)
            """
                .formatted(directory));
  }

  @Test
  void tableBesideFolders_isSaidToBePassedOver() {
    Path photos = directory.resolve("photos");
    PictureFiles.fill(photos.resolve("train/cat"), 1, 100);
    PictureFiles.fill(photos.resolve("train/dog"), 1, 200);
    PictureFiles.fill(photos.resolve("test/cat"), 1, 300);
    PictureFiles.fill(photos.resolve("test/dog"), 1, 400);
    PictureFiles.write(photos.resolve("labels.csv"), new byte[] {1});

    run("photos", "import.size=8");

    assertThat(log.warnings())
        .containsExactly(
            "Importing folders alone: the table labels.csv beside the folders is passed over (--kind table reads it)");
  }

  @Test
  void classes_haveTheNamesOfTheirFoldersInTheOrderOfTexts() {
    List<String> names = new ArrayList<>(OddNames.ALL);
    for (int i = 1; i <= 12; i++) {
      names.add(Integer.toString(i));
    }
    for (int i = 0; i < names.size(); i++) {
      PictureFiles.fill(directory.resolve("photos/train").resolve(names.get(i)), 1, i);
      PictureFiles.fill(directory.resolve("photos/test").resolve(names.get(i)), 2, 100 + 2 * i);
    }

    ImportSummary summary = run("photos", "import.size=8");

    ImageSource set = Imports.open(directory.resolve("set"));
    assertThat(set.set().classNames()).isEqualTo(names.stream().sorted().toList());
    assertThat(set.set().contents().imagesPerClass(Split.TEST)).containsOnly(2L);
    assertThat(summary.images(Split.TRAINING)).isEqualTo(names.size());
  }

  @Test
  void unreadableFile_costsOnlyItselfAndIsARow() throws Exception {
    PictureFiles.fill(directory.resolve("photos/train/cat"), 30, 100);
    PictureFiles.fill(directory.resolve("photos/train/dog"), 30, 200);
    PictureFiles.fill(directory.resolve("photos/test/cat"), 1, 300);
    PictureFiles.fill(directory.resolve("photos/test/dog"), 1, 400);
    Path broken = directory.resolve("photos/train/cat/a \"b\", c.jpg");
    PictureFiles.write(broken, "text".getBytes(StandardCharsets.UTF_8));

    ImportSummary summary = run("photos", "import.size=8");

    assertThat(summary.images(Split.TRAINING)).isEqualTo(60);
    assertThat(summary.text())
        .contains("Left out as unreadable: 1 (file:")
        .contains("  NOT_AN_IMAGE               1\n");
    assertThat(rows("rejected"))
        .singleElement()
        .asString()
        .startsWith("[file:" + broken + ",NOT_AN_IMAGE: ");
    assertThat(Imports.open(directory.resolve("set")).set().origin().rejected()).isEqualTo(1);
  }

  /** The split of each picture by its path. */
  private Map<String, String> splits() {
    Map<String, String> splits = new HashMap<>();
    rows("pictures").forEach(row -> splits.put(row.getString(0), row.getString(2)));
    return splits;
  }

  private List<Row> rows(String table) {
    return SparkSession.builder()
        .sparkContext(SPARK.context().sc())
        .getOrCreate()
        .read()
        .options(CsvFile.SPARK_OPTIONS)
        .csv(directory.resolve("set").resolve(table).toString())
        .collectAsList();
  }

  private static ImageDecoder decoder(int side) {
    return new ImageDecoder(new ImageShape(3, side, side), Fit.CROP, 10_000);
  }

  private Imports.Image image(int label, ImageDecoder decoder, int seed) throws Exception {
    byte[] pixels = decoder.decode(PictureFiles.png(seed));
    return new Imports.Image(label, new String(pixels, StandardCharsets.ISO_8859_1));
  }

  private ImportSummary run(String from, String... settings) {
    return Imports.run(SPARK, directory.resolve(from), directory.resolve("set"), settings);
  }
}
