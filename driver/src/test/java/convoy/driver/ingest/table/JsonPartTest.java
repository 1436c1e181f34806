package convoy.driver.ingest.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPartTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"path\": \"a\", \"label\": \"7\"}",
        "\ufeff{\"path\": \"a\", \"label\": 7}\n",
        "\r\n{\"Path\": \"a\", \"LABEL\": 7, \"split\": null, \"_corrupt_record\": [1, {}]}\r\n  \n",
        "{\"label\": \"\\u0037\", \"path\": \"\\u0061\"}\n",
      })
  void row_isTheSame_howeverItIsWritten(String text) throws IOException {
    assertThat(read(text.getBytes(UTF_8)).rows()).containsExactly(TableRow.of("a", "7", null));
  }

  @Test
  void labelThatIsAWholeNumber_keepsAllItsDigits() throws IOException {
    assertThat(read("{\"label\": 123456789012345678901234567890}".getBytes(UTF_8)).rows())
        .containsExactly(TableRow.of(null, "123456789012345678901234567890", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"path": "a",                       | line 2, {"path": "a",, is not a JSON object with path, label and split (
          [{"path": "a", "label": "x"}]       | line 2, [{"path": "a", "label": "x"}], is not a JSON object
          "path"                              | line 2, "path", is not a JSON object
          {"path": "a"} {"path": "b"}         | line 2, {"path": "a"} {"path": "b"}, is not a JSON object
          {"label": 1, "label": 2}            | line 2, {"label": 1, "label": 2}, is not a JSON object
          {"label": 1, "Label": 2}            | line 2 has the key label twice (
          {"label": {"name": "x"}}            | line 2 has the label {"name":"x"} (it must be a text or a whole number)
          {"label": ["x"]}                    | line 2 has the label ["x"] (it must be a text or a whole number)
          {"label": true}                     | line 2 has the label true (it must be a text or a whole number)
          {"label": 1.5}                      | line 2 has the label 1.5 (it must be a text or a whole number)
          {"label": 1.0}                      | line 2 has the label 1.0 (it must be a text or a whole number)
          {"label": "\\ud800"}                | line 2 has the label "
          {"path": {"file": "a"}}             | line 2 has the path {"file":"a"} (it must be a text)
          {"path": 1}                         | line 2 has the path 1 (it must be a text)
          {"split": 1}                        | line 2 has the split 1 (it must be a text)
          """)
  void lineThatIsNoRow_isRefusedWithItsValue(String line, String message) {
    assertRefused(("{\"path\": \"a\"}\n" + line + "\n").getBytes(UTF_8), message);
  }

  @Test
  void textThatIsNoUtf8_isRefusedWithItsLine() {
    assertRefused(
        "{\"label\": \"x\"}\n{\"label\": \"\u00e4\"}\n".getBytes(ISO_8859_1),
        "line 2 is not UTF-8 (save it as UTF-8)");
  }

  private static PartContents read(byte[] text) throws IOException {
    return JsonPart.read("file:/t.jsonl", new ByteArrayInputStream(text));
  }

  private static void assertRefused(byte[] text, String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith("Cannot import file:/t.jsonl: " + message)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }
}
