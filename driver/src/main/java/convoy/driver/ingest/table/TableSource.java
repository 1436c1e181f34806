package convoy.driver.ingest.table;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.failure.UserException;
import convoy.driver.files.DirectoryEntry;
import convoy.driver.files.FileListing;
import convoy.driver.files.ListedFile;
import convoy.driver.ingest.picture.ClassLabels;
import convoy.driver.ingest.picture.FileNames;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.LabelledFile;
import convoy.driver.ingest.picture.Leftovers;
import convoy.driver.ingest.picture.Refusal;
import convoy.worker.image.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A table of pictures in CSV (with a heading), JSON lines or Parquet, one file or the parts of one
 * in a folder. Its columns are {@code path}, absolute or relative to the table's folder; {@code
 * label}, a text or a whole number; and {@code split}, if the table says it. A Parquet table may
 * hold the pictures themselves in a column {@code content}. Other columns do not matter.
 */
public final class TableSource {
  private final SparkSession session;
  private final String source;

  /** Reads {@code source}, as the user named it. */
  public TableSource(SparkSession session, String source) {
    this.session = session;
    this.source = source;
  }

  /**
   * The pictures of the table at a location, in the order of (split, location); those that lie in
   * the table itself in its own order.
   *
   * @throws UserException if it is no table, or a row lacks something
   */
  public FoundPictures find(String location) throws IOException {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<DirectoryEntry> entries = FileListing.in(spark.hadoopConfiguration(), location);
    boolean single = entries.size() == 1 && entries.get(0).location().equals(location);
    List<DirectoryEntry> parts =
        entries.stream()
            .filter(entry -> !entry.isDirectory() && FileNames.isTable(entry.name()))
            .filter(entry -> single || !Leftovers.isOne(entry.name()))
            .toList();
    if (parts.isEmpty()) {
      throw Refusal.of(
          source,
          "it is not a table (give a .csv, .json, .jsonl or .parquet file, or a folder of such"
              + " files)");
    }
    SparkLabels.describe(spark, "read the table " + source);
    TableRows rows = TableRows.open(session, source, parts);
    if (rows.holdsPictures()) {
      return new ParquetSource(spark.hadoopConfiguration(), source).find(parts, rows);
    }
    String folder = single ? location.substring(0, location.lastIndexOf('/')) : location;
    return ofPaths(rows.all(), new TablePaths(spark.hadoopConfiguration(), folder));
  }

  private FoundPictures ofPaths(List<TableRow> rows, TablePaths paths) {
    RowCheck check = new RowCheck(source);
    TreeSet<String> names = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    Set<Split> given = EnumSet.noneOf(Split.class);
    for (TableRow row : rows) {
      check.require(row);
      if (!seen.add(paths.location(row.path()))) {
        throw Refusal.of(source, "it names %s twice (keep one row for each)", row.path());
      }
      names.add(row.label());
      given.add(check.split(row));
    }
    if (rows.isEmpty()) {
      throw Refusal.of(source, "it has no rows (one for each picture was expected)");
    }
    List<String> classNames = List.copyOf(names);
    Map<String, Integer> labels = ClassLabels.of(classNames);
    List<LabelledFile> files = new ArrayList<>();
    for (TableRow row : rows) {
      ListedFile file = ListedFile.of(paths.location(row.path()), 0);
      files.add(new LabelledFile(file, labels.get(row.label()), check.split(row)));
    }
    files.sort(
        Comparator.comparing(LabelledFile::given).thenComparing(file -> file.file().location()));
    return FoundPictures.of(classNames, given, files);
  }
}
