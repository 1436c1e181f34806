package convoy.driver.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.ListedFile;
import convoy.driver.files.OddNames;
import convoy.driver.files.OtherFileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageListingTest {
  @TempDir Path temporary;
  private Path images;

  @BeforeEach
  void createDirectory() throws IOException {
    images = Files.createDirectories(temporary.resolve("all my images"));
  }

  @Test
  void everyFileBelowADirectory_isListedByItsFullName() throws Exception {
    for (String name : OddNames.ALL) {
      Files.writeString(images.resolve(name), name);
      Path folder = Files.createDirectories(images.resolve("_deep/.er/ " + name));
      Files.writeString(folder.resolve(name), name + name);
    }
    Files.createDirectories(images.resolve("empty/also empty"));

    List<ListedFile> files = list(images.toUri().toString().replace("%20", " "));

    assertThat(files).hasSize(2 * OddNames.ALL.size());
    for (String name : OddNames.ALL) {
      int length = Files.readAllBytes(images.resolve(name)).length;
      assertThat(files)
          .extracting(ListedFile::path, ListedFile::length, ListedFile::problem)
          .contains(
              tuple("file:" + images + "/" + name, (long) length, ""),
              tuple("file:" + images + "/_deep/.er/ " + name + "/" + name, 2L * length, ""));
    }
    assertThat(files).isSortedAccordingTo((a, b) -> a.location().compareTo(b.location()));
  }

  @Test
  void otherFileSystem_listsTheSameFiles() throws Exception {
    for (String name : OddNames.ALL) {
      Files.createDirectories(images.resolve("_deep/.er"));
      Files.writeString(images.resolve("_deep/.er/" + name), name);
    }

    List<ListedFile> files = ImageListing.of(OtherFileSystem.configuration(), "other:" + images);

    assertThat(files)
        .extracting(ListedFile::path)
        .containsExactlyInAnyOrderElementsOf(
            OddNames.ALL.stream().map(name -> "other:" + images + "/_deep/.er/" + name).toList());
  }

  @Test
  void singleFile_isListedAlone() throws Exception {
    Path file = Files.writeString(images.resolve("_one.png"), "four");

    assertThat(list(file.toString()))
        .extracting(ListedFile::path, ListedFile::length)
        .containsExactly(tuple("file:" + file, 4L));
    assertThat(ImageListing.of(OtherFileSystem.configuration(), "other:" + file))
        .extracting(ListedFile::path, ListedFile::length)
        .containsExactly(tuple("other:" + file, 4L));
  }

  @Test
  void hadoopsChecksumFile_isPartOfItsFile() throws Exception {
    Files.writeString(images.resolve("cat.png"), "x");
    Files.writeString(images.resolve(".cat.png.crc"), "crc");
    for (String name : List.of("caf%E9.png", ".caf%E9.png.crc")) {
      Files.createFile(Path.of(URI.create("file://" + images.toUri().getRawPath() + name)));
    }
    Files.writeString(images.resolve(".lonely.png.crc"), "crc");
    Files.writeString(images.resolve(".crc"), "crc");

    assertThat(list(images.toString()))
        .extracting(file -> file.path().substring(file.path().lastIndexOf('/') + 1))
        .containsExactly(".crc", ".lonely.png.crc", "caf\\xE9.png", "cat.png");
  }

  @Test
  void whatCannotBeRead_isListedWithTheReason() throws Exception {
    Files.createSymbolicLink(images.resolve("broken link"), Path.of("nowhere"));
    Files.createSymbolicLink(images.resolve("circle"), images);
    assertThat(new ProcessBuilder("mkfifo", images.resolve("pipe").toString()).start().waitFor())
        .isZero();

    assertThat(list(images.toString()))
        .extracting(ListedFile::path, ListedFile::problem)
        .containsExactly(
            tuple(
                "file:" + images + "/broken link",
                "it cannot be looked at: NoSuchFileException, " + images + "/broken link"),
            tuple("file:" + images + "/circle/", "it is a link to a directory that it lies in"),
            tuple(
                "file:" + images + "/pipe",
                "it is no regular file but a pipe, a socket or a device"));
  }

  @Test
  void linkToAnotherDirectory_isFollowed() throws Exception {
    Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("cat.png"), "x");
    Files.createSymbolicLink(images.resolve("a"), elsewhere);
    Files.createSymbolicLink(images.resolve("b"), elsewhere);

    assertThat(list(images.toString()))
        .extracting(ListedFile::path)
        .containsExactly("file:" + images + "/a/cat.png", "file:" + images + "/b/cat.png");
  }

  @Test
  void nameThatIsNoUtf8_isListed() throws Exception {
    Files.createFile(Path.of(URI.create("file://" + images.toUri().getRawPath() + "caf%E9.png")));

    assertThat(list(images.toString()))
        .extracting(ListedFile::path, ListedFile::problem)
        .containsExactly(tuple("file:" + images + "/caf\\xE9.png", ""));
  }

  @Test
  void directoryWithoutFiles_isAMistake() throws Exception {
    Files.createDirectories(images.resolve("empty"));

    assertThatThrownBy(() -> list(images.toString()))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessage(
            "Cannot classify images: no files found in %s, it and all directories below it are"
                + " empty (name a directory of image files)",
            images);
    assertThatThrownBy(() -> list(images + "/absent"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot classify images: no files found in %s/absent, there is no such file or"
                + " directory (name a directory of image files)",
            images);
  }

  @Test
  void unknownFileSystem_isAMistake() {
    assertThatThrownBy(() -> list("htp://host/images"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessage(
            "Cannot reach htp://host/images: UnsupportedFileSystemException, No"
                + " FileSystem for scheme \"htp\" (check the URI, your permissions and that its file system is running)");
  }

  private static List<ListedFile> list(String uri) {
    return ImageListing.of(new Configuration(), uri);
  }
}
