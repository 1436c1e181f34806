package convoy.driver.ingest.table;

import convoy.driver.ingest.picture.Picture;
import convoy.driver.ingest.picture.PictureReading;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.PictureVisitor;
import convoy.driver.ingest.picture.SplitWords;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.UnreadableImageException;
import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A row group of a Parquet file that holds pictures. Parquet's own reader keeps the rows in their
 * order whatever the cluster is; Spark deals the parts of files by their sizes and its parallelism.
 */
final class ParquetTask implements PictureTask {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int group;
  private final long firstRow;
  private final long rows;
  private final PictureColumns columns;

  /**
   * A row group.
   *
   * @param file its Hadoop name
   * @param group its number in the file, from 0
   * @param firstRow the number of its first row in the file, from 0
   */
  ParquetTask(String file, int group, long firstRow, long rows, PictureColumns columns) {
    this.file = file;
    this.group = group;
    this.firstRow = firstRow;
    this.rows = rows;
    this.columns = columns;
  }

  @Override
  public long pictures() {
    return rows;
  }

  @Override
  public void read(PictureReading reading, PictureVisitor visitor) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), reading.configuration()))) {
      MessageType schema = reader.getFileMetaData().getSchema();
      List<Type> wanted =
          columns.present().stream().map(schema::getType).collect(Collectors.toList());
      MessageType projection = new MessageType(schema.getName(), wanted);
      reader.setRequestedSchema(projection);
      PageReadStore pages = reader.readRowGroup(group);
      RecordReader<Group> records =
          new ColumnIOFactory()
              .getColumnIO(projection, schema)
              .getRecordReader(pages, new GroupRecordConverter(projection));
      for (long row = 0; row < rows; row++) {
        visit(records.read(), firstRow + row, reading, visitor);
      }
    }
  }

  private void visit(Group row, long number, PictureReading reading, PictureVisitor visitor)
      throws IOException {
    String named = text(row, columns.path());
    String path = named == null ? file + ":" + number : named;
    String split = text(row, columns.split());
    Picture picture =
        new Picture(
            path,
            Collections.binarySearch(reading.classNames(), text(row, columns.label())),
            split == null ? Split.TRAINING : SplitWords.of(split).orElseThrow());
    byte[] content;
    try {
      content = content(row, reading);
    } catch (UnreadableImageException e) {
      visitor.reject(picture, e);
      return;
    }
    visitor.visit(picture, content);
  }

  private byte[] content(Group row, PictureReading reading)
      throws IOException, UnreadableImageException {
    if (row.getFieldRepetitionCount(columns.content()) == 0) {
      throw new UnreadableImageException(Reason.EMPTY, "the row has no content");
    }
    byte[] bytes = row.getBinary(columns.content(), 0).getBytes();
    return reading.files().read(new ByteArrayInputStream(bytes));
  }

  /** A text or a whole number as text; null if the row or the file has none. */
  private static String text(Group row, String column) {
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
}
