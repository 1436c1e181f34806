package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.LocalSpark;
import convoy.driver.data.ImageSource;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.OddNames;
import convoy.worker.image.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TableImportTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();

  @TempDir Path directory;
  private List<Imports.Image> training;
  private List<Imports.Image> test;

  /** The same pictures in folders: what a table of them must come to. */
  @BeforeEach
  void drawPictures() {
    Path photos = directory.resolve("photos");
    PictureFiles.fill(photos.resolve("train/cat"), 2, 100);
    PictureFiles.fill(photos.resolve("train/dog"), 2, 200);
    PictureFiles.fill(photos.resolve("test/cat"), 1, 300);
    PictureFiles.fill(photos.resolve("test/dog"), 1, 400);
    Imports.run(SPARK, photos, directory.resolve("expected"), "import.size=8");
    ImageSource expected = Imports.open(directory.resolve("expected"));
    training = Imports.images(expected, Split.TRAINING);
    test = Imports.images(expected, Split.TEST);
  }

  @Test
  void import_ofCsv_isThatOfTheFoldersWithThePictures() {
    write(
        "photos/labels.csv",
        """
        label,width,path,split
        dog,9,test/dog/000.png,test
        cat,9,%s/photos/train/cat/001.png,train
        dog,9,"train/dog/000.png",train
        cat,9,file:%s/photos/test/cat/000.png,test
        dog,9,./train/dog/001.png,training
        cat,9,train/cat/000.png,training
        """
            .formatted(directory, directory));

    assertSame("photos/labels.csv");
  }

  @Test
  void import_ofJsonLines_isThatOfTheFoldersWithThePictures() {
    write(
        "photos/labels.jsonl",
        """
        {"path": "train/cat/000.png", "label": "cat", "split": "train"}
        {"path": "train/cat/001.png", "label": "cat", "split": "train"}
        {"path": "train/dog/000.png", "label": "dog", "split": "train"}
        {"path": "train/dog/001.png", "label": "dog", "split": "train"}
        {"path": "test/cat/000.png", "label": "cat", "split": "test"}
        {"path": "test/dog/000.png", "label": "dog", "split": "test"}
        """);

    assertSame("photos/labels.jsonl");
  }

  @Test
  void import_ofPartsWhoseNamesAreSplits_isThatOfTheFolders() {
    write(
        "photos/train.csv",
        """
        path,label
        train/cat/000.png,cat
        train/cat/001.png,cat
        train/dog/000.png,dog
        train/dog/001.png,dog
        """);
    write("photos/test.csv", "label,path\ncat,test/cat/000.png\ndog,test/dog/000.png\n");
    write("photos/_more.csv", "path\n");

    assertSame("photos", "import.kind=table");
  }

  @Test
  void import_ofPartsWhoseNamesAreSplitsBesideAColumn_goesByTheColumn() {
    write(
        "photos/test (1).csv",
        """
        path,label,split
        train/cat/000.png,cat,train
        train/cat/001.png,cat,train
        train/dog/000.png,dog,train
        train/dog/001.png,dog,train
        test/cat/000.png,cat,test
        test/dog/000.png,dog,test
        """);

    assertSame("photos", "import.kind=table");
  }

  @Test
  void import_ofParquetFilesWhoseNamesAreSplits_isThatOfTheFolders() throws IOException {
    Path tables = Files.createDirectory(directory.resolve("tables"));
    for (String split : List.of("train", "test")) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < (split.equals("train") ? 2 : 1); i++) {
        int seed = (split.equals("train") ? 100 : 300) + i;
        rows.add(RowFactory.create("cat", PictureFiles.png(seed)));
        rows.add(RowFactory.create("dog", PictureFiles.png(seed + 100)));
      }
      rows.sort(Comparator.comparing(row -> row.getString(0)));
      writeParquet(
          rows, field("label", DataTypes.StringType), field("content", DataTypes.BinaryType));
      Path written = directory.resolve("table.parquet");
      for (String name : Imports.names(written)) {
        if (name.startsWith("part-")) {
          Files.move(written.resolve(name), tables.resolve(split + "-0.parquet"));
        } else {
          Files.delete(written.resolve(name));
        }
      }
      Files.delete(written);
    }

    assertSame("tables");
  }

  @Test
  void import_ofARowThatNoFileCanHave_losesThatRowAlone() {
    write(
        "photos/labels.jsonl",
        """
        {"path": "train/cat/000.png", "label": "cat", "split": "train"}
        {"path": "train/dog/000.png", "label": "dog", "split": "train"}
        {"path": "test/cat/000.png", "label": "cat", "split": "test"}
        {"path": "test/dog/000.png", "label": "dog", "split": "test"}
        {"path": "train/dog/0\\u00000.png", "label": "dog", "split": "train"}
        {"path": "%s", "label": "dog", "split": "train"}
        """
            .formatted("x".repeat(5000)));

    ImportSummary summary = run("photos/labels.jsonl", "import.max-rejected-share=0.4");

    assertThat(summary.rejections().count()).isEqualTo(2);
  }

  @Test
  void import_ofParquetWithPicturesInside_isThatOfTheFolders() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      rows.add(row("cat", "train", PictureFiles.png(100 + i)));
    }
    for (int i = 0; i < 2; i++) {
      rows.add(row("dog", "train", PictureFiles.png(200 + i)));
    }
    rows.add(row("cat", "test", PictureFiles.png(300)));
    rows.add(row("dog", "test", PictureFiles.png(400)));
    writeParquet(
        rows,
        field("label", DataTypes.StringType),
        field("split", DataTypes.StringType),
        field("content", DataTypes.BinaryType));

    assertSame("table.parquet");
  }

  @Test
  void import_ofParquetWithPathsAndNumbers_namesTheClassesByTheirDigits() {
    List<Row> rows = new ArrayList<>();
    for (long label : List.of(9L, 10L)) {
      for (int i = 0; i < 2; i++) {
        String folder = label == 9 ? "dog" : "cat";
        rows.add(
            RowFactory.create(
                "%s/photos/train/%s/%03d.png".formatted(directory, folder, i), label, "train"));
      }
      String folder = label == 9 ? "dog" : "cat";
      rows.add(
          RowFactory.create(
              "%s/photos/test/%s/000.png".formatted(directory, folder), label, "test"));
    }
    writeParquet(
        rows,
        field("path", DataTypes.StringType),
        field("label", DataTypes.LongType),
        field("split", DataTypes.StringType));

    run("table.parquet");

    ImageSource set = Imports.open(directory.resolve("set"));
    assertThat(set.set().classNames()).containsExactly("10", "9");
    assertThat(Imports.images(set, Split.TRAINING)).isEqualTo(training);
  }

  @Test
  void import_findsPicturesWhateverTheirNamesAre() throws IOException {
    StringBuilder table = new StringBuilder("path,label\n");
    for (int i = 0; i < OddNames.ALL.size(); i++) {
      String name = OddNames.ALL.get(i);
      PictureFiles.write(directory.resolve("odd").resolve(name), PictureFiles.png(i));
      table.append("\"%s\",%d\n".formatted(name.replace("\"", "\"\""), i % 2));
    }
    write("odd/labels.csv", table.toString());

    ImportSummary summary = run("odd/labels.csv", "import.test-share=0.4");

    assertThat(summary.rejections().count()).isZero();
    assertThat(summary.images(Split.TRAINING) + summary.images(Split.TEST))
        .isEqualTo(OddNames.ALL.size());
  }

  @Test
  void import_overThePicturesThatATableNames_isRefused() {
    write("elsewhere.csv", "path,label\nphotos/train/cat/000.png,a\nphotos/train/dog/000.png,b\n");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                Imports.run(
                    SPARK,
                    directory.resolve("elsewhere.csv"),
                    directory.resolve("photos"),
                    "import.size=8",
                    "import.test-share=0.5",
                    "output.overwrite=true"))
        .withMessageMatching(
            "Cannot write the image set to file:.*/photos: .* it holds \"test/cat/000.png\" .*")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
    assertThat(directory.resolve("photos/train/cat/000.png")).exists();
  }

  private void assertSame(String table, String... settings) {
    run(table, settings);
    ImageSource set = Imports.open(directory.resolve("set"));
    assertThat(set.set().classNames()).containsExactly("cat", "dog");
    assertThat(Imports.images(set, Split.TRAINING)).isEqualTo(training);
    assertThat(Imports.images(set, Split.TEST)).isEqualTo(test);
  }

  private ImportSummary run(String from, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("import.size=8");
    return Imports.run(
        SPARK, directory.resolve(from), directory.resolve("set"), all.toArray(new String[0]));
  }

  private void write(String file, String text) {
    PictureFiles.write(directory.resolve(file), text.getBytes(StandardCharsets.UTF_8));
  }

  private void writeParquet(List<Row> rows, StructField... fields) {
    SparkSession session = SparkSession.builder().sparkContext(SPARK.context().sc()).getOrCreate();
    session
        .createDataFrame(rows, new StructType(fields))
        .coalesce(1)
        .write()
        .parquet("file://" + directory.resolve("table.parquet"));
    assertThat(Files.exists(directory.resolve("table.parquet"))).isTrue();
  }

  private static Row row(String label, String split, byte[] content) {
    return RowFactory.create(label, split, content);
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }
}
