package convoy.driver.ingest.table;

import convoy.driver.ingest.picture.Refusal;
import convoy.driver.store.Failures;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A Parquet file of a table. Parquet's own reader keeps the rows in their order whatever the
 * cluster is; Spark deals the parts of files by their sizes and its parallelism, and passes over
 * some names.
 */
final class ParquetFile implements Closeable {
  private final String name;
  private final ParquetFileReader reader;
  private final MessageType schema;

  private ParquetFile(String name, ParquetFileReader reader) {
    this.name = name;
    this.reader = reader;
    this.schema = reader.getFileMetaData().getSchema();
  }

  /** What is done with each row. */
  @FunctionalInterface
  interface Visitor {
    /** Takes the row; what it has is to be read before the next one comes. */
    void visit(Group row) throws IOException;
  }

  /** What can fail because of the bytes in the file. */
  @FunctionalInterface
  private interface Reading<T> {
    T run() throws IOException;
  }

  /**
   * Opens a file.
   *
   * @param name its Hadoop name
   * @throws convoy.driver.failure.UserException if it is no Parquet file
   * @throws IOException if it is out of reach
   */
  static ParquetFile open(Configuration configuration, String name) throws IOException {
    HadoopInputFile file = HadoopInputFile.fromPath(new Path(name), configuration);
    return reading(name, () -> new ParquetFile(name, ParquetFileReader.open(file)));
  }

  /** What the file says of the pictures; those in it are not read. */
  PartContents contents() throws IOException {
    Heading heading =
        Heading.of(name, schema.getFields().stream().map(TableColumn::ofParquet).toList());
    List<Long> rowGroups = new ArrayList<>();
    for (BlockMetaData group : reader.getRowGroups()) {
      rowGroups.add(group.getRowCount());
    }
    List<TableRow> rows = new ArrayList<>();
    Map<TableRow, Long> alike = new LinkedHashMap<>();
    List<String> columns =
        heading.columns().stream()
            .filter(column -> !column.holdsPictures())
            .map(TableColumn::name)
            .filter(column -> !heading.holdsPictures() || !column.equals(heading.name("path")))
            .toList();
    for (int group = 0; group < rowGroups.size(); group++) {
      visit(
          group,
          columns,
          row -> {
            String label = text(row, heading.name("label"));
            String split = text(row, heading.name("split"));
            if (heading.holdsPictures()) {
              alike.merge(TableRow.of(null, label, split), 1L, Long::sum);
            } else {
              rows.add(TableRow.of(text(row, heading.name("path")), label, split));
            }
          });
    }
    alike.forEach((row, count) -> rows.add(new TableRow(null, row.label(), row.split(), count)));
    return new PartContents(heading, rows, rowGroups);
  }

  /**
   * Shows the rows of a row group.
   *
   * @param group its number, from 0
   * @param columns those that the rows are to have
   * @throws convoy.driver.failure.UserException if the file is damaged
   */
  void visit(int group, List<String> columns, Visitor visitor) throws IOException {
    MessageType wanted =
        new MessageType(schema.getName(), columns.stream().map(schema::getType).toList());
    RecordReader<Group> records =
        reading(
            name,
            () -> {
              reader.setRequestedSchema(wanted);
              PageReadStore pages = reader.readRowGroup(group);
              return new ColumnIOFactory()
                  .getColumnIO(wanted, schema)
                  .getRecordReader(pages, new GroupRecordConverter(wanted));
            });
    long rows = reader.getRowGroups().get(group).getRowCount();
    for (long row = 0; row < rows; row++) {
      visitor.visit(reading(name, records::read));
    }
  }

  /** A text or a whole number as text; null if the row or the file has none. */
  static String text(Group row, String column) {
    if (column.isEmpty() || row.getFieldRepetitionCount(column) == 0) {
      return null;
    }
    PrimitiveTypeName type = row.getType().getType(column).asPrimitiveType().getPrimitiveTypeName();
    return switch (type) {
      case INT32 -> Integer.toString(row.getInteger(column, 0));
      case INT64 -> Long.toString(row.getLong(column, 0));
      default -> row.getString(column, 0);
    };
  }

  /** Parquet tells of damaged bytes by exceptions of many kinds. */
  private static <T> T reading(String name, Reading<T> reading) throws IOException {
    try {
      return reading.run();
    } catch (IOException | RuntimeException e) {
      if (e instanceof IOException failure) {
        Failures.requireOfThisFile(failure);
      }
      throw Refusal.of(
          name,
          "the table cannot be read, %s (repair it, or give another --kind)",
          Failures.firstLine(e));
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
