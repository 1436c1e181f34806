package convoy.driver.ingest.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablePathsTest {
  private final TablePaths local = paths(LocalFiles.location("/data/my set"));
  private final TablePaths remote = paths("hdfs://host:9000/data");

  @Test
  void relativePath_isBelowTheFolderOfTheTable() {
    assertThat(location(local, "a b/100%.png")).isEqualTo("file:/data/my%20set/a%20b/100%25.png");
    assertThat(location(local, "./a/./b:c.png")).isEqualTo("file:/data/my%20set/a/b%3Ac.png");
    assertThat(location(remote, "a b/c.png")).isEqualTo("hdfs://host:9000/data/a b/c.png");
  }

  @Test
  void absolutePath_isOnTheFileSystemOfTheTable() {
    assertThat(location(local, "/x/y.png")).isEqualTo("file:/x/y.png");
    assertThat(location(remote, "/x/y.png")).isEqualTo("hdfs://host:9000/x/y.png");
  }

  @Test
  void pathWithAScheme_isWhereItSays() {
    assertThat(location(local, "file:/x/y z.png")).isEqualTo("file:/x/y%20z.png");
    assertThat(location(remote, "file:///x/y.png")).isEqualTo("file:/x/y.png");
  }

  @Test
  void nameWithAColon_isNoScheme() {
    assertThat(location(local, "a:b.png")).isEqualTo("file:/data/my%20set/a%3Ab.png");
    assertThat(location(remote, "a:b.png")).isEqualTo("hdfs://host:9000/data/a:b.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p//0.png",
        "./p/0.png",
        "p/./0.png",
        "p/../p/0.png",
        "q/../p/0.png",
        "./q/..//./p///0.png",
        "../data/p/0.png",
        "p/0.png",
        "/data/p/0.png",
        "//data//p/0.png",
        "///data/x/../p/0.png"
      })
  void pathsOfOneFile_haveOneLocation(String path) {
    assertThat(location(paths("file:/data"), path)).isEqualTo("file:/data/p/0.png");
    assertThat(location(remote, path)).isEqualTo("hdfs://host:9000/data/p/0.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:/data/p//0.png", "file:///data/./q/../p/0.png", "file:////data/p/0.png"})
  void pathsOfOneFileWithAScheme_haveOneLocation(String path) {
    assertThat(location(remote, path)).isEqualTo("file:/data/p/0.png");
  }

  @Test
  void folderAboveALink_isThatOfItsTarget(@TempDir Path directory) throws IOException {
    Path real = directory.toRealPath();
    Files.createDirectories(real.resolve("far/away/set"));
    Files.createSymbolicLink(real.resolve("link"), real.resolve("far/away/set"));
    TablePaths paths = paths(LocalFiles.location(real.toString()));

    assertThat(location(paths, "link/../0.png")).isEqualTo(location(paths, "far/away/0.png"));
    assertThat(location(paths("file:" + real + "/link"), "../0.png"))
        .isEqualTo(location(paths, "far/away/0.png"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b.png", "..", "/", "../../../..", "\0/../a.png"})
  void pathThatNoPictureCanHave_isStillALocation(String path) {
    assertThat(location(local, path)).startsWith("file:");
  }

  @Test
  void pathThatIsNoUri_isUnreadable() {
    assertThat(local.file("hdfs://[host/a.png").problem()).startsWith("it is no path: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo://host/a\nb.png", "http://host/a.png", "HTTPS://host/a.png"})
  void fileSystemThatIsNotThere_isRefused(String path) {
    for (TablePaths paths : new TablePaths[] {local, remote}) {
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(() -> paths.file(path))
          .withMessageMatching("Cannot reach (foo|http|HTTPS)://host/a.*[)]")
          .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
    }
  }

  private static TablePaths paths(String folder) {
    return new TablePaths(new Configuration(), folder);
  }

  private static String location(TablePaths paths, String path) {
    return paths.file(path).location();
  }
}
