package convoy.driver.ingest.table;

import java.io.Serializable;

/**
 * A row of a table, or all rows of one label and split if the pictures lie in the table; what they
 * lack is null.
 *
 * @param path of the picture, as the table has it
 * @param label its class, a whole number as its digits
 * @param split as the table has it
 * @param count of the rows
 */
record TableRow(String path, String label, String split, long count) implements Serializable {
  /** The row of one picture. */
  static TableRow of(String path, String label, String split) {
    return new TableRow(path, label, split, 1);
  }
}
