package convoy.driver.ingest.table;

import convoy.driver.failure.Shown;
import convoy.driver.ingest.picture.Refusal;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table that an import looks at, known by their names in small letters.
 *
 * @param columns as the file has them
 */
record Heading(List<TableColumn> columns) implements Serializable {
  private static final List<String> KEYS = List.of("path", "label", "split", "content");

  /** Copies the list. */
  Heading {
    columns = List.copyOf(columns);
  }

  /** The heading of a file that has none. */
  static Heading none() {
    return new Heading(List.of());
  }

  /**
   * The heading of a file with these columns, among them any others.
   *
   * @param file what messages call it
   * @throws convoy.driver.failure.UserException if it lacks a column, or has one twice or of
   *     another type
   */
  static Heading of(String file, List<TableColumn> columns) {
    Heading heading = new Heading(columns.stream().filter(TableColumn::isUsed).toList());
    heading.requireEachOnce(file);
    heading.requireNeeded(file, columns);
    heading.requireTypes(file);
    return heading;
  }

  private void requireEachOnce(String file) {
    for (String key : KEYS) {
      List<String> names =
          columns.stream()
              .filter(column -> column.key().equals(key))
              .map(TableColumn::name)
              .toList();
      if (names.size() > 1) {
        throw Refusal.of(file, "it has the column %s twice, as %s (keep one)", key, names);
      }
    }
  }

  private void requireNeeded(String file, List<TableColumn> all) {
    for (String key : holdsPictures() ? List.of("label") : List.of("path", "label")) {
      if (column(key).isEmpty()) {
        throw Refusal.of(
            file,
            "it has no column %s, only %s (rename one, or add it)",
            key,
            Shown.name(all.stream().map(TableColumn::name).toList().toString()));
      }
    }
  }

  private void requireTypes(String file) {
    for (TableColumn column : columns) {
      if (!column.isFit()) {
        throw Refusal.of(
            file,
            "its column %s is of the type %s (it must be a text%s)",
            column.name(),
            column.type(),
            column.key().equals("label") ? " or a whole number" : "");
      }
    }
  }

  /** Whether the pictures lie in the table itself. */
  boolean holdsPictures() {
    return columns.stream().anyMatch(TableColumn::holdsPictures);
  }

  /** The column that is known by this name, if there is one. */
  Optional<TableColumn> column(String key) {
    return columns.stream().filter(column -> column.key().equals(key)).findFirst();
  }

  /** The name by which a row has the column; empty if there is none. */
  String name(String key) {
    return column(key).map(TableColumn::name).orElse("");
  }

  /**
   * Checks that the files of a table have the same columns. Their order does not matter.
   *
   * @param source what messages call the table
   * @throws convoy.driver.failure.UserException naming two files that have not, and a column
   */
  static void requireAlike(String source, List<TablePart> parts, List<PartContents> contents) {
    int first = -1;
    for (int part = 0; part < parts.size(); part++) {
      Heading heading = contents.get(part).heading();
      if (heading.columns().isEmpty()) {
        continue;
      }
      first = first < 0 ? part : first;
      for (String key : KEYS) {
        Optional<TableColumn> expected = contents.get(first).heading().column(key);
        if (!heading.column(key).equals(expected)) {
          throw Refusal.of(
              source,
              "its files differ in the column %s: %s has %s, and %s has %s (give all the same)",
              key,
              parts.get(first).path(),
              described(expected),
              parts.get(part).path(),
              described(heading.column(key)));
        }
      }
    }
  }

  private static String described(Optional<TableColumn> column) {
    return column
        .map(found -> "%s of the type %s".formatted(found.name(), found.type()))
        .orElse("none");
  }
}
