package convoy.driver.ingest.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * A table in CSV after RFC 4180, UTF-8, with a heading, every value quoted and quotes doubled, so
 * that names with commas, quotes, line ends and blanks come back as they were.
 */
public final class CsvFile implements Closeable {
  /** The options with which Spark reads and writes the same. */
  public static final Map<String, String> SPARK_OPTIONS =
      Map.of(
          "header", "true",
          "quoteAll", "true",
          "escape", "\"",
          "multiLine", "true",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false");

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setQuoteMode(QuoteMode.ALL).setRecordSeparator('\n').build();

  private final CSVPrinter printer;

  public CsvFile(OutputStream out, String... columns) throws IOException {
    printer = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), FORMAT);
    add(columns);
  }

  /** Adds a row. */
  public void add(String... values) throws IOException {
    printer.printRecord((Object[]) values);
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
