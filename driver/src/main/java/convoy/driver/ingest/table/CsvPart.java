package convoy.driver.ingest.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A CSV file of a table, with a heading. */
final class CsvPart {
  private CsvPart() {}

  /**
   * What the file says; an empty one says nothing.
   *
   * @param file what messages call it
   * @throws convoy.driver.failure.UserException if it is no such file
   */
  static PartContents read(String file, InputStream in) throws IOException {
    TextLines lines = new TextLines(file, in);
    CsvRows rows = new CsvRows(lines);
    List<String> names = rows.next();
    if (names == null) {
      return PartContents.ofText(Heading.none(), List.of());
    }
    Heading heading = Heading.of(file, names.stream().map(TableColumn::ofText).toList());
    List<String> keys = names.stream().map(TableColumn::key).toList();
    int path = keys.indexOf("path");
    int label = keys.indexOf("label");
    int split = keys.indexOf("split");
    List<TableRow> read = new ArrayList<>();
    for (List<String> row = rows.next(); row != null; row = rows.next()) {
      if (row.size() > names.size()) {
        throw lines.refusal(
            "line %,d has %,d values, but the heading %,d (put a value that holds a comma between"
                + " quotes)",
            rows.lineNumber(), row.size(), names.size());
      }
      read.add(TableRow.of(value(row, path), value(row, label), value(row, split)));
    }
    return PartContents.ofText(heading, read);
  }

  private static String value(List<String> row, int column) {
    return column < 0 || column >= row.size() || row.get(column).isEmpty() ? null : row.get(column);
  }
}
