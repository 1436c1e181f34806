package convoy.driver.ingest.table;

import convoy.driver.ingest.picture.Picture;
import convoy.driver.ingest.picture.PictureReading;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.PictureVisitor;
import convoy.driver.ingest.picture.SplitWords;
import convoy.worker.image.decoding.UnreadableImageException;
import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.example.data.Group;

/** A row group of a Parquet file that holds pictures. */
final class ParquetTask implements PictureTask {
  private static final long serialVersionUID = 1L;

  private final TablePart file;
  private final int group;
  private final long firstRow;
  private final long rows;
  private final Heading heading;

  /**
   * A row group.
   *
   * @param group its number in the file, from 0
   * @param firstRow the number of its first row in the file, from 0
   * @param heading of the file
   */
  ParquetTask(TablePart file, int group, long firstRow, long rows, Heading heading) {
    this.file = file;
    this.group = group;
    this.firstRow = firstRow;
    this.rows = rows;
    this.heading = heading;
  }

  @Override
  public long pictures() {
    return rows;
  }

  @Override
  public void read(PictureReading reading, PictureVisitor visitor) throws IOException {
    List<String> columns = heading.columns().stream().map(TableColumn::name).toList();
    try (ParquetFile parquet = ParquetFile.open(reading.configuration(), file.path())) {
      long[] row = {firstRow};
      parquet.visit(group, columns, values -> visit(values, row[0]++, reading, visitor));
    }
  }

  private void visit(Group row, long number, PictureReading reading, PictureVisitor visitor)
      throws IOException {
    String named = ParquetFile.text(row, heading.name("path"));
    String path = named == null ? file.path() + ":" + number : named;
    String label = ParquetFile.text(row, heading.name("label"));
    String split = ParquetFile.text(row, heading.name("split"));
    Picture picture =
        new Picture(
            path,
            Collections.binarySearch(reading.classNames(), label),
            split == null ? file.split() : SplitWords.of(split).orElseThrow());
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
    String content = heading.name("content");
    if (row.getFieldRepetitionCount(content) == 0) {
      throw new UnreadableImageException(Reason.EMPTY, "the row has no content");
    }
    byte[] bytes = row.getBinary(content, 0).getBytes();
    return reading.files().read(new ByteArrayInputStream(bytes));
  }
}
