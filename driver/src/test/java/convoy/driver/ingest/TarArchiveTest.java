package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import convoy.driver.failure.UserException;
import convoy.driver.ingest.tar.TarArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarArchiveTest {
  private static final int BLOCK = 512;

  /** The last file ends in more zeros than the mark at an archive's end has. */
  private static final SampleArchive ARCHIVE =
      new SampleArchive()
          .folder("x/")
          .file("x/1.png", PictureFiles.png(1, 20, 20))
          .file("x/" + "long".repeat(40) + ".txt", "cat")
          .file("x/2.bmp", new byte[3 * BLOCK + 5]);

  private static final int END = endOfContent(ARCHIVE.tar());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 257, 511})
  void archiveCutAnywhere_isSaidToBeCutShort(int offset) {
    byte[] tar = ARCHIVE.tar();
    for (int cut = offset; cut < END + BLOCK; cut += BLOCK) {
      assertCutShort(Arrays.copyOf(tar, cut));
    }
  }

  @Test
  void archiveWithOneBlockAtItsEnd_isWhole() throws IOException {
    byte[] tar = Arrays.copyOf(ARCHIVE.tar(), END + BLOCK);

    assertThat(names(tar)).hasSize(3).contains("x/1.png", "x/2.bmp");
  }

  @Test
  void zippedArchiveCutAnywhere_isSaidToBeCutShort() {
    byte[] zipped = ARCHIVE.gzip();
    for (int cut = 0; cut < zipped.length; cut++) {
      assertCutShort(Arrays.copyOf(zipped, cut));
    }
  }

  /** Where the blocks begin that end a tar: after the three blocks and a bit of the last file. */
  private static int endOfContent(byte[] tar) {
    String text = new String(tar, StandardCharsets.ISO_8859_1);
    return text.lastIndexOf("x/2.bmp") + 5 * BLOCK;
  }

  private static void assertCutShort(byte[] cut) {
    Throwable thrown = catchThrowable(() -> names(cut));

    assertThat(thrown)
        .as("cut after %d bytes", cut.length)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot import a.tar: it is cut short (");
  }

  /** Reads the pictures and no other file, as imports do. */
  private static List<String> names(byte[] archive) throws IOException {
    List<String> names = new ArrayList<>();
    new TarArchive("a.tar")
        .read(
            new ByteArrayInputStream(archive),
            (path, content) -> {
              if (path.endsWith(".png")) {
                content.transferTo(OutputStream.nullOutputStream());
              }
              return names.add(path);
            });
    return names;
  }
}
