package convoy.driver.prediction;

import java.util.ArrayList;
import java.util.List;

/** Reads CSV strictly after RFC 4180, as a check on what writes it. */
final class Csv {
  private Csv() {}

  /** The records; every value must be quoted. */
  static List<List<String>> parse(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) != '"') {
        throw new IllegalArgumentException("no quote at " + at + " of " + text);
      }
      StringBuilder value = new StringBuilder();
      for (at++; text.charAt(at) != '"' || text.startsWith("\"\"", at); at++) {
        value.append(text.charAt(at));
        at += text.charAt(at) == '"' ? 1 : 0;
      }
      record.add(value.toString());
      at++;
      if (text.charAt(at) == '\n') {
        records.add(record);
        record = new ArrayList<>();
      } else if (text.charAt(at) != ',') {
        throw new IllegalArgumentException("no comma at " + at + " of " + text);
      }
      at++;
    }
    return records;
  }
}
