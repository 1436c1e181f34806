package convoy.driver.ingest.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import convoy.driver.failure.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file of a table with a JSON object on each line. */
final class JsonPart {
  private static final ObjectReader OBJECTS =
      new ObjectMapper()
          .reader()
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final TextLines lines;

  private JsonPart(TextLines lines) {
    this.lines = lines;
  }

  /**
   * What the file says.
   *
   * @param file what messages call it
   * @throws convoy.driver.failure.UserException if a line is no object, or a value of the wrong
   *     type
   */
  static PartContents read(String file, InputStream in) throws IOException {
    return PartContents.ofText(Heading.none(), new JsonPart(new TextLines(file, in)).rows());
  }

  private List<TableRow> rows() throws IOException {
    List<TableRow> rows = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.isBlank()) {
        JsonNode object = object(line);
        rows.add(TableRow.of(text(object, "path"), text(object, "label"), text(object, "split")));
      }
    }
    return rows;
  }

  private JsonNode object(String line) {
    JsonNode value;
    try {
      value = OBJECTS.readTree(line);
    } catch (JsonProcessingException e) {
      value = null;
    }
    if (value == null || !value.isObject()) {
      throw lines.refusal(
          "line %,d, %s, is not a JSON object with path, label and split (write one object on each"
              + " line, and each of its keys once)",
          lines.number(), Shown.name(line.strip()));
    }
    return value;
  }

  /** The value of a key, in whatever letters; null if there is none. */
  private String text(JsonNode object, String key) {
    JsonNode found = null;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (TableColumn.key(field.getKey()).equals(key)) {
        if (found != null) {
          throw lines.refusal("line %,d has the key %s twice (keep one)", lines.number(), key);
        }
        found = field.getValue();
      }
    }
    if (found == null || found.isNull()) {
      return null;
    }
    boolean number = key.equals("label") && found.isIntegralNumber();
    // A text may hold half of a character that UTF-16 writes in two: no file can be named so.
    if (!number
        && !(found.isTextual()
            && StandardCharsets.UTF_8.newEncoder().canEncode(found.textValue()))) {
      throw lines.refusal(
          "line %,d has the %s %s (it must be a text%s)",
          lines.number(),
          key,
          Shown.name(found.toString()),
          key.equals("label") ? " or a whole number" : "");
    }
    return found.asText();
  }
}
