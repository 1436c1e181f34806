package convoy.driver.ingest.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.OddNames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvPartTest {
  @Test
  void rows_areThoseThatWereWritten_whateverTheNamesAre() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CsvFile csv = new CsvFile(out, "path", "label")) {
      for (String name : OddNames.ALL) {
        csv.add(name, "class of " + name);
      }
    }

    assertThat(read(out.toByteArray()).rows())
        .isEqualTo(
            OddNames.ALL.stream()
                .map(name -> TableRow.of(name, "class of " + name, null))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path,label\na,x\nb,y\n",
        "path,label\r\na,x\r\nb,y",
        "path,label\ra,x\rb,y\r",
        "\ufeffpath,label\na,x\nb,y\n",
        "\ufeff\"path\",\"label\"\n\"a\",\"x\"\n\"b\",y\n",
        "\n\r\nPath,LABEL\n\na,x\n\nb,y\n\n",
        "label,other,path\nx,\"1\n2\",a\ny,,b\n",
      })
  void rows_areTheSame_howeverTheyAreWritten(String text) throws IOException {
    assertThat(read(text).rows())
        .containsExactly(TableRow.of("a", "x", null), TableRow.of("b", "y", null));
  }

  @Test
  void rows_ofAWideTable_areRead() throws IOException {
    String columns = ",c".repeat(25_000);
    String values = ",1".repeat(25_000);

    assertThat(read("path,label%s,split\na,x%s,test\n".formatted(columns, values)).rows())
        .containsExactly(TableRow.of("a", "x", "test"));
  }

  @Test
  void rowsThatAreShort_lackValues() throws IOException {
    assertThat(read("path,label,split\na\n,x,\n\"\"\n").rows())
        .containsExactly(
            TableRow.of("a", null, null),
            TableRow.of(null, "x", null),
            TableRow.of(null, null, null));
  }

  @Test
  void emptyFile_saysNothing() throws IOException {
    assertThat(read("\n")).isEqualTo(PartContents.ofText(Heading.none(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,x\\n"b,y\\nc,z\\n                | the quote that opens in line 3 is never closed (
          "a\\n,x\\n"b",y\\n                 | the quote that opens in line 2 closes in line 4 before the end of its value (
          "a\\"b",x\\n                       | the quote that opens in line 2 closes in line 2 before the end of its value (
          a, "x"\\n                          | in line 2 a quote stands within a value that does not begin with one (
          a,x"\\n                            | in line 2 a quote stands within a value that does not begin with one (
          a,b.png,x\\n                       | line 2 has 3 values, but the heading 2 (
          """)
  void whatBreaksTheRules_isRefusedWithItsLine(String text, String message) {
    assertRefused(("path,label\n" + text.replace("\\n", "\n")).getBytes(UTF_8), message);
  }

  @Test
  void textThatIsNoUtf8_isRefusedWithItsLine() {
    assertRefused(
        "path,label\na,x\nb,\u00e4\n".getBytes(ISO_8859_1),
        "line 3 is no UTF-8 (save it as UTF-8)");
    assertRefused("path,label\n".getBytes(StandardCharsets.UTF_16), "line 1 is no UTF-8 (");
  }

  @Test
  void endlessLinesAndValues_areRefusedBeforeTheyFillTheMemory() {
    assertRefused(
        new byte[TextLines.MOST_BYTES + 1], "line 1 has more than 16,777,216 bytes (is it text?)");
    assertRefused(
        ("path,label\n\""
                + ("a".repeat(1023) + "\n").repeat(TextLines.MOST_BYTES / 1024 + 1)
                + "\",x\n")
            .getBytes(UTF_8),
        "the quote that opens in line 2 is never closed (");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          file,label            | it has no column path, only [file, label] (
          path;label            | it has no column path, only [path;label] (
          path,_corrupt_record  | it has no column label, only [path, _corrupt_record] (
          path,label,Label      | it has the column label twice, as [label, label] (
          """)
  void headingThatLacksAColumn_isRefused(String heading, String message) {
    assertRefused((heading + "\n").getBytes(UTF_8), message);
  }

  @Test
  void columnOfAnyName_doesNotMatter() throws IOException {
    assertThat(read("_corrupt_record,path,label\n1,a,x\n").rows())
        .containsExactly(TableRow.of("a", "x", null));
  }

  private static PartContents read(String text) throws IOException {
    return read(text.getBytes(UTF_8));
  }

  private static PartContents read(byte[] text) throws IOException {
    return CsvPart.read("file:/t.csv", new ByteArrayInputStream(text));
  }

  private static void assertRefused(byte[] text, String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith("Cannot import file:/t.csv: " + message)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }
}
