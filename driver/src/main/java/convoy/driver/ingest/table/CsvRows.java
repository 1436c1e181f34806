package convoy.driver.ingest.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of a CSV file after RFC 4180, without empty lines. A file is refused if a quote is never
 * closed, or if anything but blanks follows a closed one: many rows would be taken for one value.
 */
final class CsvRows {
  private final TextLines lines;
  private final LinesReader text;
  private final CSVParser parser;
  private final Iterator<CSVRecord> rows;

  CsvRows(TextLines lines) throws IOException {
    this.lines = lines;
    text = new LinesReader(lines);
    parser = CSVFormat.DEFAULT.parse(text);
    rows = parser.iterator();
  }

  /** The number of the line in which the row ends that was read last, from 1. */
  long lineNumber() {
    return parser.getCurrentLineNumber();
  }

  /**
   * The values of the next row, at least one; null if there is none.
   *
   * @throws convoy.driver.failure.UserException if a quote is not where one can be, or if the row
   *     is endless
   */
  List<String> next() throws IOException {
    long start = lineNumber() + 1;
    text.startRow(start);
    try {
      return rows.hasNext() ? rows.next().toList() : null;
    } catch (UncheckedIOException e) {
      text.throwFailure();
      throw lines.refusal(
          "the row from line %,d on is not CSV: %s (close every quote, and write one in a value"
              + " twice)",
          start, e.getCause().getMessage());
    }
  }
}
