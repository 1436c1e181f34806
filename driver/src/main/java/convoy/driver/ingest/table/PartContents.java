package convoy.driver.ingest.table;

import java.io.Serializable;
import java.util.List;

/**
 * What a file of a table says of the pictures.
 *
 * @param heading without columns if the file names none
 * @param rows in their order; if the pictures lie in the table, one for each label and split
 * @param rowGroups the rows of each row group of a Parquet file; of other files none
 */
record PartContents(Heading heading, List<TableRow> rows, List<Long> rowGroups)
    implements Serializable {
  /** Copies the lists. */
  PartContents {
    rows = List.copyOf(rows);
    rowGroups = List.copyOf(rowGroups);
  }

  /** The contents of a file of text. */
  static PartContents ofText(Heading heading, List<TableRow> rows) {
    return new PartContents(heading, rows, List.of());
  }
}
