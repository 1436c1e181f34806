package convoy.driver.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TarArchiveTest {
  @Test
  void read_returnsTheMd5OfTheWholeArchive_alsoWhereNoFileIsRead()
      throws IOException, NoSuchAlgorithmException {
    byte[] archive = SampleArchive.whole().gzip();

    String md5 =
        new TarArchive("archive").read(new ByteArrayInputStream(archive), (path, content) -> {});

    assertThat(md5)
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(archive)));
  }

  @Test
  void read_showsTheFilesInTheirOrder_withoutFolders() throws IOException {
    List<String> paths = new ArrayList<>();
    byte[] archive =
        new SampleArchive().folder("b/").file("b/2.bin", "two").file("a/1.bin", "one").gzip();

    new TarArchive("archive")
        .read(
            new ByteArrayInputStream(archive),
            (path, content) -> paths.add(path + "=" + new String(content.readAllBytes(), UTF_8)));

    assertThat(paths).containsExactly("b/2.bin=two", "a/1.bin=one");
  }
}
