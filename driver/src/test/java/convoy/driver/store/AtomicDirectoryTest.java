package convoy.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import convoy.driver.failure.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
  private final Configuration configuration = new Configuration();
  @TempDir Path parent;

  private org.apache.hadoop.fs.Path target() {
    return new org.apache.hadoop.fs.Path(parent.resolve("target").toString());
  }

  private void publish(String content, boolean overwrite) throws IOException {
    AtomicDirectory.publish(
        configuration,
        target(),
        overwrite,
        (files, directory) ->
            AtomicDirectory.write(
                files,
                new org.apache.hadoop.fs.Path(directory, "file"),
                content.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (var paths = Files.list(parent)) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void content_isThereUnderItsName_andNothingElse() throws IOException {
    publish("one", false);

    assertThat(parent.resolve("target/file")).hasContent("one");
    assertThat(names()).containsExactly("target");
  }

  @Test
  void existingDirectory_isNeitherOverwrittenNorNestedInto() throws IOException {
    publish("one", false);

    assertThatIOException().isThrownBy(() -> publish("two", false));

    assertThat(parent.resolve("target/file")).hasContent("one");
    assertThat(names()).containsExactly("target");
    assertThat(parent.resolve("target")).isDirectoryNotContaining(p -> Files.isDirectory(p));
  }

  @Test
  void overwriting_replacesTheWholeDirectory() throws IOException {
    publish("one", false);
    Files.writeString(parent.resolve("target/stale"), "old");

    publish("two", true);

    assertThat(parent.resolve("target/file")).hasContent("two");
    assertThat(parent.resolve("target/stale")).doesNotExist();
    assertThat(names()).containsExactly("target");
  }

  @Test
  void failureWhileWriting_leavesTheOldOneAndNothingElse() throws IOException {
    publish("one", false);

    assertThatIOException()
        .isThrownBy(
            () ->
                AtomicDirectory.publish(
                    configuration,
                    target(),
                    true,
                    (files, directory) -> {
                      AtomicDirectory.write(
                          files, new org.apache.hadoop.fs.Path(directory, "file"), new byte[9]);
                      throw new IOException("disk full");
                    }))
        .withMessage("disk full");

    assertThat(parent.resolve("target/file")).hasContent("one");
    assertThat(names()).containsExactly("target");
  }

  @Test
  void failureOfTheLastRename_putsTheOldOneBack() throws IOException {
    publish("one", false);

    assertThatIOException()
        .isThrownBy(
            () ->
                AtomicDirectory.publish(
                    configuration,
                    target(),
                    true,
                    // What is to be renamed is gone by then.
                    (files, directory) -> files.delete(directory, true)));

    assertThat(parent.resolve("target/file")).hasContent("one");
    assertThat(names()).containsExactly("target");
  }

  @Test
  void directoryProvedWritable_isAsItWas() throws IOException {
    AtomicDirectory.requireWritable(
        configuration, new org.apache.hadoop.fs.Path(target(), "not/there"));
    AtomicDirectory.requireWritable(
        configuration, new org.apache.hadoop.fs.Path(parent.toString()));

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void failureWhileWriting_leavesNoDirectoriesAboveThatWereNotThere() throws IOException {
    Files.createDirectory(parent.resolve("there"));

    assertThatIOException()
        .isThrownBy(
            () ->
                AtomicDirectory.publish(
                    configuration,
                    new org.apache.hadoop.fs.Path(parent + "/there/not/yet/target"),
                    false,
                    (files, directory) -> {
                      throw new IOException("disk full");
                    }))
        .withMessage("disk full");

    assertThat(parent.resolve("there")).isEmptyDirectory();
  }

  @Test
  void existingTarget_isRefusedBeforeAnyWork() throws IOException {
    publish("one", false);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> AtomicDirectory.requireAbsent(configuration, target(), "the model"))
        .withMessage(
            "Cannot write the model to %s: it exists already (choose another place, or give --overwrite)",
            target());
  }

  @Test
  void leftoversOfAKilledWriter_areDeleted_andOnlyThey() throws IOException {
    publish("one", false);
    Files.createDirectories(parent.resolve(".target.convoy-tmp-1234/sub"));

    AtomicDirectory.deleteLeftovers(
        configuration, new org.apache.hadoop.fs.Path(parent.toString()));

    assertThat(names()).containsExactly("target");
  }

  @Test
  void leftoversOfOneTarget_areDeleted_andNotThoseOfItsNeighbours() throws IOException {
    publish("one", false);
    Files.createDirectories(parent.resolve(".target.convoy-tmp-1234/sub"));
    Files.createDirectories(parent.resolve(".target.old.convoy-tmp-1234/sub"));

    AtomicDirectory.deleteLeftoversOf(configuration, target());

    assertThat(names()).containsExactlyInAnyOrder("target", ".target.old.convoy-tmp-1234");
  }

  @Test
  void replacedFile_hasTheNewContent() throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(parent.resolve("metrics").toString());

    AtomicDirectory.replaceFile(configuration, file, new byte[] {'a'});
    AtomicDirectory.replaceFile(configuration, file, new byte[] {'b', 'c'});

    assertThat(parent.resolve("metrics")).hasContent("bc");
  }
}
