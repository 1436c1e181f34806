package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.driver.failure.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNamesTest {
  @TempDir Path directory;

  private static final List<String> DIGITS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  @Test
  void names_comeOnePerLine_blankLinesAtTheEndAsideAndWindowsEndingsToo() throws IOException {
    assertThat(read(String.join("\n", DIGITS))).isEqualTo(DIGITS);
    assertThat(read(String.join("\n", DIGITS) + "\n\n \n")).isEqualTo(DIGITS);
    assertThat(read(String.join("\r\n", DIGITS) + "\r\n")).isEqualTo(DIGITS);
  }

  @Test
  void writtenNames_areReadBack() throws IOException {
    List<String> names = List.of("a b", "ü", "猫", "d", "e", "f", "g", "h", "i", "j");
    Configuration hadoop = new Configuration();
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(directory.toUri());

    ClassNames.write(names, new UnpublishedDirectory(path.getFileSystem(hadoop), path));

    assertThat(ClassNames.read(hadoop, directory.toString())).isEqualTo(names);
  }

  @Test
  void nineOrElevenNames_areRefusedWithTheirNumber() {
    assertRefused(String.join("\n", DIGITS.subList(0, 9)), "it has 9 lines (");
    assertRefused(String.join("\n", DIGITS) + "\nten", "it has 11 lines (");
    assertRefused("", "it has 0 lines (");
  }

  @Test
  void aBlankLineBetween_isRefusedWithItsNumber() {
    assertRefused(String.join("\n", DIGITS).replace("three", " "), "its line 4 is blank (");
  }

  @Test
  void aNameThatStandsTwice_isRefused() {
    assertRefused(String.join("\n", DIGITS).replace("three", "two"), "it names \"two\" twice (");
  }

  @Test
  void aFileThatIsSomethingElse_isRefusedBeforeItIsReadWhole() {
    assertRefused("x".repeat(100_000), "it is longer than 65536 bytes (");
  }

  private static List<String> read(String text) throws IOException {
    return ClassNames.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "meta");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot read class names from meta: " + message);
  }
}
