package convoy.driver.ingest.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.UserException;
import convoy.driver.files.FileListing;
import convoy.worker.image.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablePartsTest {
  private final Configuration hadoop = new Configuration();

  @TempDir Path directory;

  @Test
  void partsOfAFolder_areItsTablesWithoutHiddenOnes() throws IOException {
    write("part-1.csv", "part-0.csv", "_part-2.csv", ".part-3.csv", ".part-0.csv.crc", "_SUCCESS");
    Files.createDirectory(directory.resolve("part-9.csv"));

    assertThat(parts(directory).parts())
        .extracting(TablePart::path)
        .containsExactly("file:" + directory + "/part-0.csv", "file:" + directory + "/part-1.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"_a.csv", ".a.jsonl", "labels (1).csv", "test.parquet", "a&b=c.csv"})
  void oneFile_isTheWholeTableWhateverItsName(String name) throws IOException {
    write(name);

    TableParts parts = parts(directory.resolve(name));

    assertThat(parts.folder()).isEqualTo(location(directory));
    assertThat(parts.parts())
        .containsExactly(new TablePart(location(directory.resolve(name)), Split.TRAINING));
  }

  @Test
  void firstWordsOfNames_areTheSplits() throws IOException {
    write("Train.jsonl", "val-00000-of-00001.jsonl", "test_labels.jsonl", "training.2.jsonl");

    assertThat(parts(directory).parts())
        .extracting(TablePart::split)
        .containsExactly(Split.TRAINING, Split.TEST, Split.TRAINING, Split.VALIDATION);
  }

  @Test
  void firstWordsOfSomeNames_areRefused() throws IOException {
    write("train.csv", "test.csv", "more\nfiles.csv");

    assertRefused("the name of more?files.csv begins with no split, but names of other tables");
  }

  @Test
  void folderOfHiddenTables_isRefused() throws IOException {
    write("_a.csv", ".b.csv");

    assertRefused("it is not a table (give a .csv, .json, .jsonl or .parquet file, or a folder of");
  }

  private void write(String... names) throws IOException {
    for (String name : List.of(names)) {
      Files.writeString(directory.resolve(name), "");
    }
  }

  private String location(Path path) {
    return FileListing.location(hadoop, "file:" + path);
  }

  private TableParts parts(Path path) throws IOException {
    return TableParts.at(hadoop, "t", location(path));
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> parts(directory))
        .withMessageStartingWith("Cannot import t: " + message)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }
}
