package convoy.driver.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  @TempDir Path directory;

  @Test
  void name_isTheFilesFullNameWithNothingEscaped() throws Exception {
    for (String name : OddNames.ALL) {
      Path file = Files.createFile(directory.resolve(name));
      String location = LocalFiles.location(file);

      assertThat(location).matches("file:/[\\x21-\\x7e]+");
      assertThat(LocalFiles.name(location)).isEqualTo("file:" + directory + "/" + name);
      assertThat(LocalFiles.file(location)).isEqualTo(file);
      assertThat(LocalFiles.file(LocalFiles.location(file.toString()))).isEqualTo(file);
    }
  }

  @Test
  void bytesThatAreNoUtf8_areShownAsHexadecimal() {
    assertThat(LocalFiles.name("file:/a/caf%E9%20%C3%A9%FF")).isEqualTo("file:/a/caf\\xE9 é\\xFF");
  }

  @Test
  void fileWhoseNameIsNoUtf8_canBeOpenedByItsLocation() throws Exception {
    Path file = Path.of(URI.create("file://" + directory.toUri().getRawPath() + "caf%E9.png"));
    Files.writeString(file, "content");

    assertThat(Files.readString(LocalFiles.file(LocalFiles.location(file)))).isEqualTo("content");
  }
}
