package convoy.driver.ingest.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a CSV file after RFC 4180: commas between the values, which may stand between quotes,
 * where a quote is written twice and a line end is part of the value. What breaks these rules is
 * refused, since a reader that goes on may take many rows for one value. Empty lines mean nothing.
 */
final class CsvRows {
  private final TextLines lines;
  private String line;
  private int at;

  CsvRows(TextLines lines) {
    this.lines = lines;
  }

  /**
   * The values of the next row, at least one; null if there is none.
   *
   * @throws convoy.driver.failure.UserException if a quote is not where one can be
   */
  List<String> next() throws IOException {
    do {
      line = lines.next();
      at = 0;
    } while (line != null && (line.isEmpty() || isLineEnd(line.charAt(0))));
    if (line == null) {
      return null;
    }
    List<String> values = new ArrayList<>();
    values.add(value());
    while (at < line.length() && line.charAt(at) == ',') {
      at++;
      values.add(value());
    }
    return values;
  }

  private String value() throws IOException {
    return at < line.length() && line.charAt(at) == '"' ? quoted() : plain();
  }

  private String plain() {
    int start = at;
    while (!isAtEndOfValue()) {
      if (line.charAt(at) == '"') {
        throw lines.refusal(
            "in line %,d a quote stands within a value that does not begin with one (put the whole"
                + " value between quotes, and write a quote in it twice)",
            lines.number());
      }
      at++;
    }
    return line.substring(start, at);
  }

  private String quoted() throws IOException {
    long opened = lines.number();
    StringBuilder value = new StringBuilder();
    at++;
    readPastQuote(value, opened);
    while (at < line.length() && line.charAt(at) == '"') {
      value.append('"');
      at++;
      readPastQuote(value, opened);
    }
    if (!isAtEndOfValue()) {
      throw lines.refusal(
          "the quote that opens in line %,d closes in line %,d before the end of its value (write a"
              + " quote in a value twice)",
          opened, lines.number());
    }
    return value.toString();
  }

  /** Adds what stands before the next quote, which may be in another line. */
  private void readPastQuote(StringBuilder value, long opened) throws IOException {
    int quote = line.indexOf('"', at);
    while (quote < 0) {
      value.append(line, at, line.length());
      line = value.length() > TextLines.MOST_BYTES ? null : lines.next();
      at = 0;
      if (line == null) {
        throw lines.refusal("the quote that opens in line %,d is never closed (close it)", opened);
      }
      quote = line.indexOf('"');
    }
    value.append(line, at, quote);
    at = quote + 1;
  }

  private boolean isAtEndOfValue() {
    return at == line.length() || line.charAt(at) == ',' || isLineEnd(line.charAt(at));
  }

  private static boolean isLineEnd(char character) {
    return character == '\n' || character == '\r';
  }
}
