package convoy.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.driver.store.Failures;
import convoy.worker.image.decoding.UnreadableImageException;
import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.io.RandomAccessFile;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReaderTest {
  @TempDir Path directory;
  private final FileReader reader = new FileReader(OtherFileSystem.configuration(), 1_000_000);

  @Test
  void file_isReadWholeWhateverItsNameIs() throws Exception {
    for (String name : OddNames.ALL) {
      Path file = Files.writeString(directory.resolve(name), name);

      assertThat(reader.read(listed(file, 1))).asString().isEqualTo(name);
      assertThat(reader.read(ListedFile.of("other:" + file, 1))).asString().isEqualTo(name);
    }
  }

  @Test
  void fileThatIsGone_isUnreadable() {
    Path file = directory.resolve("gone.png");

    assertThatThrownBy(() -> reader.read(listed(file, 1)))
        .satisfies(e -> assertReason(e, Reason.READ_FAILED))
        .hasMessage("NoSuchFileException, " + file);
  }

  @Test
  void nameThatNoFileCanHave_isUnreadable() {
    assertThatThrownBy(() -> reader.read(ListedFile.of("file:/a%00b.png", 1)))
        .satisfies(e -> assertReason(e, Reason.READ_FAILED))
        .hasMessage("IllegalArgumentException, Nul character not allowed");
  }

  @Test
  void directoryInPlaceOfTheFile_isUnreadable() {
    assertThatThrownBy(() -> reader.read(listed(directory, 1)))
        .satisfies(e -> assertReason(e, Reason.READ_FAILED))
        .hasMessage("IOException, Is a directory");
  }

  @Test
  void fileOfManyGigabytes_isRefusedByItsLengthUnopened() {
    assertThatThrownBy(() -> reader.read(listed(directory.resolve("absent"), 5_000_000_000L)))
        .satisfies(e -> assertReason(e, Reason.TOO_LARGE))
        .hasMessage(
            "the file has 5000000000 bytes, more than the 5048576 that an image of 1000000 pixels"
                + " may have (see --max-pixels)");
  }

  @Test
  void fileThatGrewSinceItWasListed_isNotReadBeyondTheLimit() throws Exception {
    Path file = directory.resolve("growing.png");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3_000_000_000L);
    }

    assertThatThrownBy(() -> reader.read(listed(file, 10)))
        .satisfies(e -> assertReason(e, Reason.TOO_LARGE))
        .hasMessageStartingWith("the file has 5048577 bytes");
  }

  @Test
  void problemKnownFromTheListing_isTheReason() {
    assertThatThrownBy(() -> reader.read(ListedFile.unreadable("file:/x", "it is 100% a pipe")))
        .satisfies(e -> assertReason(e, Reason.READ_FAILED))
        .hasMessage("it is 100% a pipe");
  }

  @Test
  void fileSystemOutOfReach_isNoPropertyOfTheFile() {
    assertThatThrownBy(() -> Failures.requireOfThisFile(new ConnectException("refused")))
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> Failures.requireOfThisFile(new SocketTimeoutException("slow")))
        .isInstanceOf(SocketTimeoutException.class);
  }

  private static void assertReason(Throwable thrown, Reason reason) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            UnreadableImageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static ListedFile listed(Path file, long length) {
    return ListedFile.of(LocalFiles.location(file), length);
  }
}
