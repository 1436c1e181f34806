package convoy.driver.ingest.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.LocalFiles;
import convoy.worker.image.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetFileTest {
  private static final String PATHS = "required binary path (STRING); required int64 label;";
  private static final String PICTURES =
      "optional binary label (STRING); optional binary split (STRING); optional binary content;";

  @TempDir Path directory;

  @Test
  void contents_areTheRowsInTheirOrder_whateverTheFileIsCalled() throws IOException {
    for (String name : List.of("a.parquet", "_a.parquet", ".a.parquet", "a b {c}*.parquet")) {
      Path file =
          write(
              name, PATHS, schema -> List.of(row(schema, "2.png", 9L), row(schema, "1.png", 10L)));

      assertThat(contents(file).rows())
          .containsExactly(TableRow.of("2.png", "9", null), TableRow.of("1.png", "10", null));
    }
  }

  @Test
  void contents_ofPictures_areTheCountsOfLabelsAndSplits() throws IOException {
    Path file =
        write(
            "a.parquet",
            PICTURES,
            schema ->
                List.of(
                    row(schema, "cat", "train", "..."),
                    row(schema, "dog", "test", "..."),
                    row(schema, "cat", "train", "...")));

    PartContents contents = contents(file);

    assertThat(contents.heading().holdsPictures()).isTrue();
    assertThat(contents.rowGroups()).containsExactly(3L);
    assertThat(contents.rows())
        .containsExactlyInAnyOrder(
            new TableRow(null, "cat", "train", 2), new TableRow(null, "dog", "test", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          required binary path (STRING); required binary Label (STRING); | the column label: %s has label of the type BIGINT, and %s has Label of the type STRING (
          required binary path (STRING); required int32 label;           | the column label: %s has label of the type BIGINT, and %s has label of the type INT (
          required binary path (STRING); required int64 label; optional binary split (STRING); | the column split: %s has none, and %s has split of the type STRING (
          required binary path (STRING); required int64 label; required binary content; | the column content: %s has none, and %s has content of the type BINARY (
          """)
  void filesWithOtherColumns_areRefusedWithTheTwoFilesAndTheColumn(String other, String message)
      throws IOException {
    List<TablePart> parts = new ArrayList<>();
    List<PartContents> contents = new ArrayList<>();
    for (String columns : List.of(PATHS, PATHS, other)) {
      Path file = write("part-" + parts.size() + ".parquet", columns, schema -> List.of());
      parts.add(new TablePart(LocalFiles.location(file), Split.TRAINING));
      contents.add(contents(file));
    }

    Heading.requireAlike("t", parts.subList(0, 2), contents.subList(0, 2));
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Heading.requireAlike("t", parts, contents))
        .withMessageStartingWith(
            "Cannot import t: its files differ in "
                + message.formatted(parts.get(0).path(), parts.get(2).path()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          required binary path (STRING); required double label; | its column label is of the type DOUBLE (it must be a text or a whole number)
          required int64 path; required int64 label;            | its column path is of the type BIGINT (it must be a text)
          required binary path (STRING); repeated int64 label;  | its column label is of the type nested (
          required int64 label;                                 | it has no column path, only [label] (
          required int64 label; required int64 Label; required binary path (STRING); | it has the column label twice, as [label, Label] (
          """)
  void columnsThatDoNotFit_areRefused(String columns, String message) throws IOException {
    Path file = write("a.parquet", columns, schema -> List.of());

    assertRefused(file, message);
  }

  @Test
  void damagedFile_isRefused() throws IOException {
    Path file = write("a.parquet", PATHS, schema -> List.of(row(schema, "x".repeat(999), 1L)));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
    assertRefused(file, "the table cannot be read, ");

    Arrays.fill(bytes, 8, 99, (byte) 0xff);
    Files.write(file, bytes);
    assertRefused(file, "the table cannot be read, ");

    Files.write(file, "text".getBytes(UTF_8));
    assertRefused(file, "the table cannot be read, ");
  }

  /** Makes the rows of a file. */
  private interface Rows {
    List<Group> of(MessageType schema);
  }

  private Path write(String name, String columns, Rows rows) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType("message table { %s }".formatted(columns));
    Path file = directory.resolve(name);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path("file", null, file.toString()))
            .withType(schema)
            .build()) {
      for (Group row : rows.of(schema)) {
        writer.write(row);
      }
    }
    Files.deleteIfExists(directory.resolve("." + name + ".crc"));
    return file;
  }

  private static Group row(MessageType schema, Object... values) {
    SimpleGroup row = new SimpleGroup(schema);
    for (int column = 0; column < values.length; column++) {
      if (values[column] instanceof Long number) {
        row.add(column, number);
      } else {
        row.add(column, (String) values[column]);
      }
    }
    return row;
  }

  private static PartContents contents(Path file) throws IOException {
    try (ParquetFile parquet = ParquetFile.open(new Configuration(), "file:" + file)) {
      return parquet.contents();
    }
  }

  private static void assertRefused(Path file, String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> contents(file))
        .withMessageStartingWith("Cannot import file:%s: %s".formatted(file, message))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }
}
