package convoy.driver.ingest.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.OddNames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
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

  @Test
  void values_areWrittenBetweenQuotes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CsvFile csv = new CsvFile(out, "path", "label")) {
      csv.add("a \"b\", c\r\n\u732b", "");
    }

    assertThat(out.toString(UTF_8))
        .isEqualTo("\"path\",\"label\"\n\"a \"\"b\"\", c\r\n\u732b\",\"\"\n");
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
  void quotesWithinAValueThatBeginsWithNone_arePartOfIt() throws IOException {
    assertThat(read("path,label\n5\".png, \"x\"\n\"a\" ,x\n").rows())
        .containsExactly(TableRow.of("5\".png", " \"x\"", null), TableRow.of("a", "x", null));
  }

  @Test
  void longTable_isReadRowByRow() throws IOException {
    String row = "a,%s,x\n".formatted("b".repeat(TextLines.MOST_BYTES / 2));

    assertThat(read("path,other,label\n" + row + row + row).rows()).hasSize(3);
  }

  @Test
  void fileThatCannotBeRead_isNotCalledWrong() throws IOException {
    InputStream start = new ByteArrayInputStream("path,label\na,x\n".getBytes(UTF_8));
    InputStream closed = InputStream.nullInputStream();
    closed.close();

    assertThatIOException()
        .isThrownBy(() -> CsvPart.read("file:/t.csv", new SequenceInputStream(start, closed)))
        .withMessage("Stream closed");
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
          a,x\\n\\n"b,y\\nc,z\\n              | the row from line 3 on is not CSV: (startline 4) EOF reached before encapsulated token finished (
          "a\\n,x\\n"b",y\\n                 | the row from line 2 on is not CSV: (line 4) invalid char between encapsulated token and delimiter (
          a,x\\r"a\\"b",x\\r                 | the row from line 3 on is not CSV: (line 3) invalid char between encapsulated token and delimiter (
          "a","b",x\\r\\n                   | line 2 has 3 values, but the heading 2 (
          a,x\\rb,c,y\\rd,z                | line 3 has 3 values, but the heading 2 (
          a,b.png,x\\n                       | line 2 has 3 values, but the heading 2 (
          """)
  void whatBreaksTheRules_isRefusedWithItsLine(String text, String message) {
    assertRefused(
        ("path,label\n" + text.replace("\\n", "\n").replace("\\r", "\r")).getBytes(UTF_8), message);
  }

  @Test
  void textThatIsNoUtf8_isRefusedWithItsLine() {
    assertRefused(
        "path,label\na,x\nb,\u00e4\n".getBytes(ISO_8859_1),
        "line 3 is not UTF-8 (save it as UTF-8)");
    assertRefused("path,label\n".getBytes(StandardCharsets.UTF_16), "line 1 is not UTF-8 (");
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
        "the row from line 2 on has more than 16,777,216 characters (is a quote never closed?)");
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
