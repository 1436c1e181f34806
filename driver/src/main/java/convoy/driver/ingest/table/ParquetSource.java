package convoy.driver.ingest.table;

import convoy.driver.files.DirectoryEntry;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.picture.ClassCounts;
import convoy.driver.ingest.picture.ClassLabels;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.Refusal;
import convoy.worker.image.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Parquet files that hold pictures in a column {@code content}; one task a row group. */
final class ParquetSource {
  private final Configuration configuration;
  private final String source;

  /** Reads {@code source}, as the user named it. */
  ParquetSource(Configuration configuration, String source) {
    this.configuration = configuration;
    this.source = source;
  }

  /**
   * The pictures of the files, in the order of the files' names and of the rows.
   *
   * @param rows of all files together
   * @throws convoy.driver.failure.UserException if a row lacks a label
   */
  FoundPictures find(List<DirectoryEntry> files, TableRows rows) throws IOException {
    Map<TableRow, Long> counts = rows.counts();
    if (counts.isEmpty()) {
      throw Refusal.of(source, "it has no rows (one for each picture was expected)");
    }
    RowCheck check = new RowCheck(source);
    Set<String> names = new TreeSet<>();
    Set<Split> given = EnumSet.noneOf(Split.class);
    for (TableRow row : counts.keySet()) {
      check.require(new TableRow("a picture", row.label(), row.split()));
      names.add(row.label());
      given.add(check.split(row));
    }
    List<String> classNames = List.copyOf(names);
    Map<String, Integer> labels = ClassLabels.of(classNames);
    ClassCounts listed = new ClassCounts(classNames.size());
    counts.forEach((row, count) -> listed.add(check.split(row), labels.get(row.label()), count));
    return new FoundPictures(classNames, given, listed, tasks(files, rows));
  }

  private List<PictureTask> tasks(List<DirectoryEntry> files, TableRows rows) throws IOException {
    PictureColumns columns =
        new PictureColumns(
            rows.column("path"),
            rows.column("label"),
            rows.column("split"),
            rows.column("content"));
    List<PictureTask> tasks = new ArrayList<>();
    for (DirectoryEntry file : files) {
      Path path = new Path(FileListing.path(file.location()));
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
        long first = 0;
        List<BlockMetaData> groups = reader.getRowGroups();
        for (int group = 0; group < groups.size(); group++) {
          long count = groups.get(group).getRowCount();
          tasks.add(new ParquetTask(path.toString(), group, first, count, columns));
          first += count;
        }
      }
    }
    return tasks;
  }
}
