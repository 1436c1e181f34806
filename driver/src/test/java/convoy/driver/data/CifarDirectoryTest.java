package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Split;
import convoy.worker.image.shard.CifarRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CifarDirectoryTest {
  @TempDir Path directory;

  private ImageSource read() throws IOException {
    return ImageSources.open(new Configuration(), directory.toString());
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(this::read)
        .withMessage(message)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void set_isWhatItsFilesHold() throws IOException {
    ImageSetFiles.write(directory, 100, 7);
    Files.writeString(directory.resolve("readme.html"), "not data");
    Files.writeString(directory.resolve("._data_batch_1.bin"), "another program's notes");
    Files.writeString(directory.resolve("_data_batch_9.bin"), "half a copy");

    ImageSource source = read();

    assertThat(source.images(Split.TRAINING)).isEqualTo(100);
    assertThat(source.images(Split.TEST)).isEqualTo(7);
    assertThat(source.set().classNames()).hasSize(10).startsWith("a");
    assertThat(source.slices(Split.TRAINING).get(1).firstIndex()).isEqualTo(33);
  }

  @Test
  void largeFiles_areCutIntoSlices() throws IOException {
    ImageSetFiles.write(directory, 30, 7);
    Files.write(directory.resolve("data_batch_3.bin"), new byte[25_000 * CifarRecord.BYTES]);

    ImageSource source = read();

    assertThat(source.slices(Split.TRAINING))
        .extracting(Slice::records)
        .containsExactly(10, 20, 10_000, 10_000, 5_000);
    assertThat(source.slices(Split.TRAINING))
        .extracting(Slice::firstIndex)
        .containsExactly(0L, 10L, 30L, 10_030L, 20_030L);
  }

  @Test
  void truncatedFile_isNamedWithTheOffsetOfItsBrokenRecord() throws IOException {
    ImageSetFiles.write(directory, 30, 7);
    Files.write(directory.resolve("data_batch_2.bin"), new byte[2 * 3073 + 100]);

    assertRefused(
        "Cannot read the image set file:%s/data_batch_2.bin: its 6246 bytes are not whole records of 3073 bytes; the broken one begins at byte 6146 (import the data set again)"
            .formatted(directory));
  }

  @Test
  void emptyFile_isNamed() throws IOException {
    ImageSetFiles.write(directory, 30, 7);
    Files.write(directory.resolve("test_batch.bin"), new byte[0]);

    assertRefused(
        "Cannot read the image set file:%s/test_batch.bin: it is empty; expected records of 3073 bytes (import the data set again)"
            .formatted(directory));
  }

  @Test
  void missingTestSet_isSaid() throws IOException {
    ImageSetFiles.write(directory, 30, 7);
    Files.delete(directory.resolve("test_batch.bin"));

    assertRefused(
        "Cannot read the image set %s: it has no test file (expected test_batch.bin)"
            .formatted(directory));
  }

  @Test
  void missingTrainingSet_isSaid() throws IOException {
    ImageSetFiles.write(directory, 30, 7);
    Files.delete(directory.resolve("data_batch_1.bin"));
    Files.delete(directory.resolve("data_batch_2.bin"));

    assertRefused(
        "Cannot read the image set %s: it has no training file (expected data_batch_*.bin)"
            .formatted(directory));
  }

  @Test
  void directoryOnNoFileSystem_isSaid() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSources.open(new Configuration(), "foo://host/data"))
        .withMessageStartingWith("Cannot reach foo://host/data: ")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void missingDirectory_isSaid() {
    Path nowhere = directory.resolve("nowhere");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSources.open(new Configuration(), nowhere.toString()))
        .withMessage(
            "Cannot read the image set %s: there is no such directory (see 'convoy data import --help')",
            nowhere);
  }

  @Test
  void gapInTheNumberedFiles_isSaid() throws IOException {
    ImageSetFiles.write(directory, 30, 7);
    Files.write(directory.resolve("data_batch_5.bin"), ImageSetFiles.records(1, 3));

    assertRefused(
        "Cannot read the image set %s: data_batch_3.bin is missing, and there is a data_batch_5.bin (import the data set again)"
            .formatted(directory));
  }

  @Test
  void countsOfTheImport_areHeldAgainstTheFiles() throws IOException {
    ImageSetFiles.write(directory, 30, 7);
    Path counts = directory.resolve("records.txt");
    Files.writeString(counts, "10 data_batch_1.bin\n20 data_batch_2.bin\n7 test_batch.bin\n");
    assertThat(read().images(Split.TRAINING)).isEqualTo(30);

    Files.writeString(counts, "10 data_batch_1.bin\n21 data_batch_2.bin\n");
    assertRefused(
        "Cannot read the image set file:%s: data_batch_2.bin has 61460 bytes; expected 64533, for 21 images (import the data set again, or, if it is meant so, delete its records.txt)"
            .formatted(directory));

    Files.writeString(counts, "10 data_batch_1.bin\n5 data_batch_3.bin\n");
    assertRefused(
        "Cannot read the image set file:%s: data_batch_3.bin is missing, with 5 images (import the data set again, or, if it is meant so, delete its records.txt)"
            .formatted(directory));

    Files.writeString(counts, "many\n");
    assertRefused(
        "Cannot read file:%s/records.txt: the line \"many\" is not a count and a file name (import the data set again, or delete the file)"
            .formatted(directory));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      value = {
        "nothing | ''",
        "notes.txt | ''",
        "firmware.bin | ''",
        "dog/1.jpg cat/2.jpg | , but 2 folders, the first \"cat\"",
        "train/cat/1.jpg .git/config _logs/x | , but the folder \"train\""
      })
  void directoryOfSomethingElse_isToldThatAnImportMakesASet(String files, String found)
      throws IOException {
    for (String file : files == null ? new String[0] : files.split(" ")) {
      Files.createDirectories(directory.resolve(file).getParent());
      Files.writeString(directory.resolve(file), "x");
    }

    assertRefused(
        "Cannot read the image set %s: it holds neither image-set.json nor CIFAR-10's data_batch_*.bin%s (name the directory of an image set; 'convoy data import' makes one from pictures)"
            .formatted(directory, found));
  }
}
