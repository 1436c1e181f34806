package convoy.driver.ingest.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.DirectoryEntry;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.picture.FileNames;
import convoy.driver.ingest.picture.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows of a table as Spark reads them, and their columns. */
final class TableRows {
  /** Spark appends the place to the name of each column that is there twice. */
  private static final String TWICE = "%s[0-9]+";

  private static final String DAMAGED = "_corrupt_record";

  private final String source;
  private final Dataset<Row> table;
  private final List<TableColumn> columns;

  private TableRows(String source, Dataset<Row> table, List<TableColumn> columns) {
    this.source = source;
    this.table = table;
    this.columns = columns;
  }

  /**
   * The rows of a table.
   *
   * @param parts its files, all of one format
   * @throws UserException if it cannot be read, or lacks a column
   */
  static TableRows open(SparkSession session, String source, List<DirectoryEntry> parts) {
    Set<String> formats = new TreeSet<>();
    parts.forEach(part -> formats.add(format(part.name())));
    if (formats.size() > 1) {
      throw Refusal.of(
          source, "it holds tables of several formats, %s (give one of them)", formats);
    }
    String[] paths =
        parts.stream()
            .map(part -> LiteralPath.of(FileListing.path(part.location())))
            .toArray(String[]::new);
    TableRows rows =
        reading(
            source,
            () ->
                switch (formats.iterator().next()) {
                  case "csv" -> ofCsv(session, source, paths);
                  case "json" -> ofJson(session, source, paths);
                  default -> ofParquet(session, source, parts.get(0), paths);
                });
    rows.requireColumns();
    return rows;
  }

  private static TableRows ofCsv(SparkSession session, String source, String[] paths) {
    // Otherwise Spark reads the columns of every file in the order that the first one has.
    Dataset<Row> table =
        session.read().options(CsvFile.SPARK_OPTIONS).option("enforceSchema", "false").csv(paths);
    return new TableRows(
        source, table, Arrays.stream(table.columns()).map(TableColumn::ofText).toList());
  }

  private static TableRows ofJson(SparkSession session, String source, String[] paths) {
    List<String> names = List.of("path", "label", "split", DAMAGED);
    Dataset<Row> table =
        session.read().schema(String.join(" STRING, ", names) + " STRING").json(paths);
    return new TableRows(source, table, names.stream().map(TableColumn::ofText).toList());
  }

  /**
   * The schema is given, since Spark would send it by Kryo, which does not know all of its types.
   */
  private static TableRows ofParquet(
      SparkSession session, String source, DirectoryEntry first, String[] paths)
      throws IOException {
    List<TableColumn> columns =
        TableColumn.ofParquet(
            session.sparkContext().hadoopConfiguration(), FileListing.path(first.location()));
    String schema =
        columns.stream()
            .filter(TableColumn::isUsed)
            .map(TableColumn::definition)
            .collect(Collectors.joining(", "));
    return new TableRows(source, session.read().schema(schema).parquet(paths), columns);
  }

  private static String format(String name) {
    String suffix = FileNames.suffix(name);
    return Set.of("csv", "parquet").contains(suffix) ? suffix : "json";
  }

  private void requireColumns() {
    for (String name : List.of("path", "label")) {
      boolean needed = name.equals("label") || !holdsPictures();
      if (needed && column(name).isEmpty()) {
        String twice = TWICE.formatted(name);
        boolean repeated = columns.stream().anyMatch(column -> column.key().matches(twice));
        throw Refusal.of(
            source,
            repeated
                ? "it has the column %s twice (keep one)"
                : "it has no column %s, only %s (rename one, or add it)",
            name,
            columns.stream().map(TableColumn::name).toList());
      }
    }
    for (TableColumn column : columns) {
      if (column.isUsed() && !column.isFit()) {
        throw Refusal.of(
            source,
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

  /** The column of this name as the table writes it; empty if it has none. */
  String column(String name) {
    return columns.stream()
        .filter(column -> column.key().equals(name))
        .map(TableColumn::name)
        .findFirst()
        .orElse("");
  }

  /** All rows, without pictures. */
  List<TableRow> all() {
    Column damaged = column(DAMAGED).isEmpty() ? lit(null).cast("string") : col(DAMAGED);
    List<Row> read =
        reading(
            source,
            () ->
                table.select(text("path"), text("label"), text("split"), damaged).collectAsList());
    List<TableRow> rows = new ArrayList<>();
    for (Row row : read) {
      if (!row.isNullAt(3)) {
        throw Refusal.of(
            source,
            "the line %s is not a JSON object with path, label and split (correct it)",
            row.getString(3).strip());
      }
      rows.add(new TableRow(row.getString(0), row.getString(1), row.getString(2)));
    }
    return rows;
  }

  /** How many rows there are of each label and split, at most one row for a pair; path is null. */
  Map<TableRow, Long> counts() {
    Map<TableRow, Long> counts = new HashMap<>();
    List<Row> read =
        reading(source, () -> table.groupBy(text("label"), text("split")).count().collectAsList());
    read.forEach(
        row -> counts.put(new TableRow(null, row.getString(0), row.getString(1)), row.getLong(2)));
    return counts;
  }

  private Column text(String name) {
    return column(name).isEmpty()
        ? lit(null).cast("string").as(name)
        : col("`" + column(name).replace("`", "``") + "`").cast("string");
  }

  /** Spark's own exceptions, checked and unchecked, say in their first line what is wrong. */
  private static <T> T reading(String source, Callable<T> action) {
    try {
      return action.call();
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      throw new UserException(
          ExitCode.INPUT,
          "Cannot import %s: the table cannot be read, %s (repair it, or give another --kind)"
              .formatted(source, line),
          e);
    }
  }
}
