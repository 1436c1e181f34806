package convoy.driver.ingest.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

  private final OutputStream out;

  public CsvFile(OutputStream out, String... columns) throws IOException {
    this.out = out;
    add(columns);
  }

  /** Adds a row. */
  public void add(String... values) throws IOException {
    String row =
        List.of(values).stream()
            .map(value -> '"' + value.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(",", "", "\n"));
    out.write(row.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
