package convoy.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopListingTest {
  @TempDir Path images;

  @Test
  void hadoopDirectoryThatMayNotBeListed_isListedWithTheReason() throws Exception {
    Files.createDirectories(images.resolve("secret"));
    Files.writeString(images.resolve("cat.png"), "x");
    RawLocalFileSystem guarded =
        new RawLocalFileSystem() {
          @Override
          public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
            if (path.getName().equals("secret")) {
              throw new AccessControlException("Permission denied: user=nobody\n\tat stack");
            }
            return super.listStatus(path);
          }
        };

    assertThat(HadoopListing.of(raw(guarded), hadoop(images)))
        .extracting(ListedFile::path, ListedFile::problem)
        .containsExactlyInAnyOrder(
            tuple("file:" + images + "/cat.png", ""),
            tuple(
                "file:" + images + "/secret/",
                "the directory cannot be listed: AccessControlException, Permission denied:"
                    + " user=nobody"));
  }

  private static RawLocalFileSystem raw(RawLocalFileSystem fileSystem) throws IOException {
    fileSystem.initialize(URI.create("file:///"), new Configuration());
    return fileSystem;
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path("file:" + path);
  }
}
