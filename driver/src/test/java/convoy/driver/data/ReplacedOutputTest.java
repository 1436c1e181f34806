package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.data.export.ImageExport;
import convoy.driver.data.synthesis.SynthesisLayout;
import convoy.driver.data.synthesis.SynthesisSpec;
import convoy.driver.data.synthesis.SyntheticDataSet;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.FileListing;
import convoy.driver.files.OtherFileSystem;
import convoy.driver.store.OutputSpec;
import convoy.worker.image.Split;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code --overwrite} replaces, and what it keeps its hands off. */
class ReplacedOutputTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path directory;
  private Path output;

  @BeforeEach
  void name() {
    output = directory.resolve("pictures");
  }

  /** A command that writes pictures, again and again to the same place. */
  enum Command {
    SYNTHESIZE_RECORDS,
    SYNTHESIZE_FOLDERS,
    EXPORT
  }

  private void run(Command command) throws IOException {
    OutputSpec spec = new OutputSpec(output.toUri().toString(), true);
    switch (command) {
      case SYNTHESIZE_RECORDS -> synthesize(spec, SynthesisLayout.RECORDS);
      case SYNTHESIZE_FOLDERS -> synthesize(spec, SynthesisLayout.FOLDERS);
      case EXPORT -> {
        Path set = ImageSetFiles.write(directory.resolve("set"), 3, 12);
        new ImageExport(HADOOP, set.toUri().toString(), spec).write(Split.TEST, 12);
      }
    }
  }

  private static void synthesize(OutputSpec spec, SynthesisLayout layout) {
    new SyntheticDataSet(HADOOP, spec).write(new SynthesisSpec(layout, 20, 10, 1));
  }

  private void write(String file) throws IOException {
    Path path = output.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "dear to somebody");
  }

  private void assertRefused(Command command, String reason) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> run(command))
        .withMessage(
            "Cannot write the %s to file:%s: --overwrite replaces only what Convoy wrote, and %s (choose another --output, or delete it yourself)",
            command == Command.SYNTHESIZE_RECORDS ? "image set" : "pictures", output, reason)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @ParameterizedTest
  @EnumSource
  void outputOfTheSameCommand_isReplaced_andSoAreEmptyDirectories(Command command)
      throws IOException {
    Files.createDirectories(output.resolve("cat/empty"));
    run(command);
    assertThat(output.resolve("cat/empty")).doesNotExist();

    File[] stale = output.toFile().listFiles(File::isFile);
    assertThat(stale).isNotEmpty().allMatch(file -> file.setLastModified(0));
    run(command);

    assertThat(stale).allMatch(file -> file.lastModified() > 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"SYNTHESIZE_FOLDERS", "EXPORT"})
  void theMark_isNoneOfThePictures(Command command) throws IOException {
    run(command);

    assertThat(output.resolve(".convoy-output")).isNotEmptyFile();
    for (String prefix : new String[] {"file:", "other:"}) {
      Configuration hadoop = OtherFileSystem.configuration();
      String location = FileListing.location(hadoop, prefix + output);
      assertThat(FileListing.below(hadoop, location))
          .isNotEmpty()
          .allMatch(file -> file.location().endsWith(".png"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void outputThatHoldsAnotherFile_isRefused_andKept(Command command) throws IOException {
    for (String file : new String[] {"IMG_1.JPG", "cat/my cat.png", "zebra/of/2019/00001.png"}) {
      run(command);
      write(file);

      assertRefused(command, "it holds \"%s\"".formatted(file));

      assertThat(output.resolve(file)).hasContent("dear to somebody");
      Files.delete(output.resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SYNTHESIZE_RECORDS, test-00001.bin",
    "SYNTHESIZE_RECORDS, image-set.json",
    "SYNTHESIZE_FOLDERS, frames/00001.png",
    "EXPORT, frames/00001.png",
    "EXPORT, .convoy-output"
  })
  void filesThatAreOnlyNamedLikeConvoys_areKept(Command command, String file) throws IOException {
    write(file);

    assertRefused(command, "it holds \"%s\"".formatted(file));
  }

  @ParameterizedTest
  @EnumSource
  void aFile_isKept(Command command) throws IOException {
    Files.writeString(output, "a thesis");

    assertRefused(command, "this is a file");
  }

  @Test
  void outputOfAnotherCommand_isKept() throws IOException {
    run(Command.SYNTHESIZE_RECORDS);

    assertRefused(Command.EXPORT, "it holds \"batches.meta.txt\"");
  }

  @Test
  void tablesOfAnImport_belongToItsSet() throws IOException {
    run(Command.SYNTHESIZE_RECORDS);
    for (String file :
        new String[] {
          "training-00012.bin",
          "pictures/part-00001.csv",
          "rejected/part-00000.csv",
          "copies/part-00000-0a1b-c000.csv",
          "copies/_SUCCESS",
          "copies/._SUCCESS.crc"
        }) {
      write(file);
    }

    run(Command.SYNTHESIZE_RECORDS);

    assertThat(output.resolve("pictures")).doesNotExist();
  }

  @Test
  void fileThatComesWhileTheOutputIsMade_isKept() throws IOException {
    run(Command.SYNTHESIZE_RECORDS);
    OutputDirectory replaced =
        new OutputDirectory(
            HADOOP, new OutputSpec(output.toUri().toString(), true), OutputKind.IMAGE_SET);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                replaced.publish(
                    files -> {
                      write("notes.txt");
                      return "";
                    }))
        .withMessageContaining("it holds \"notes.txt\"");

    assertThat(output.resolve("notes.txt")).hasContent("dear to somebody");
    assertThat(directory.toFile().list()).containsExactly("pictures");
  }
}
