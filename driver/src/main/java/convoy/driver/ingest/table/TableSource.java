package convoy.driver.ingest.table;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.driver.files.FileListing;
import convoy.driver.files.ListedFile;
import convoy.driver.ingest.picture.Attempted;
import convoy.driver.ingest.picture.ClassLabels;
import convoy.driver.ingest.picture.FileNames;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.LabelledFile;
import convoy.driver.ingest.picture.Refusal;
import convoy.worker.image.Split;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A table of pictures in CSV (with a heading), JSON lines or Parquet, one file or the parts of one
 * in a folder. Its columns are {@code path}, absolute or relative to the table's folder; {@code
 * label}, a text or a whole number; and {@code split}, if the table says it. A Parquet table may
 * hold the pictures themselves in a column {@code content}. Other columns do not matter.
 */
public final class TableSource {
  private final JavaSparkContext spark;
  private final String source;

  /** Reads {@code source}, as the user named it. */
  public TableSource(JavaSparkContext spark, String source) {
    this.spark = spark;
    this.source = source;
  }

  /** A row with its picture's file and its split. */
  private record PlacedRow(TableRow row, ListedFile file, Split split) {}

  /**
   * The pictures of the table at a location, in the order of (split, location); those that lie in
   * the table itself in its own order.
   *
   * @throws UserException if it is no table, or a row lacks something
   */
  public FoundPictures find(String location) throws IOException {
    TableParts parts = TableParts.at(spark.hadoopConfiguration(), source, location);
    List<PartContents> contents = contents(parts.parts());
    Heading.requireAlike(source, parts.parts(), contents);
    if (contents.stream().allMatch(part -> part.rows().isEmpty())) {
      throw Refusal.of(source, "it has no rows (one for each picture was expected)");
    }
    if (contents.get(0).heading().holdsPictures()) {
      return ParquetSource.find(source, parts.parts(), contents);
    }
    TablePaths paths = new TablePaths(spark.hadoopConfiguration(), parts.folder());
    return found(placed(parts.parts(), contents, paths));
  }

  private List<PartContents> contents(List<TablePart> parts) {
    SparkLabels.describe(spark, "read the table " + source);
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.hadoopConfiguration());
    return Attempted.values(
        spark
            .parallelize(parts, parts.size())
            .map(part -> Attempted.at(part.path(), () -> read(part, configuration.value())))
            .collect());
  }

  private static PartContents read(TablePart part, Configuration configuration) throws IOException {
    String suffix = FileNames.suffix(part.path());
    if (suffix.equals("parquet")) {
      try (ParquetFile parquet = ParquetFile.open(configuration, part.path())) {
        return parquet.contents();
      }
    }
    try (InputStream in = FileListing.open(configuration, part.location())) {
      return suffix.equals("csv") ? CsvPart.read(part.path(), in) : JsonPart.read(part.path(), in);
    }
  }

  private List<PlacedRow> placed(
      List<TablePart> parts, List<PartContents> contents, TablePaths paths) {
    RowCheck check = new RowCheck(source);
    Map<String, String> seen = new HashMap<>();
    List<PlacedRow> placed = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      for (TableRow row : contents.get(i).rows()) {
        check.require(row);
        ListedFile file = paths.file(row.path());
        String other = seen.put(file.location(), row.path());
        if (other != null) {
          throw Refusal.of(
              source,
              "it names one picture twice, as %s and as %s (keep one row for each)",
              Shown.name(other),
              Shown.name(row.path()));
        }
        placed.add(new PlacedRow(row, file, RowCheck.split(row, parts.get(i).split())));
      }
    }
    return placed;
  }

  private static FoundPictures found(List<PlacedRow> rows) {
    Set<String> names = new TreeSet<>();
    Set<Split> given = EnumSet.noneOf(Split.class);
    for (PlacedRow placed : rows) {
      names.add(placed.row().label());
      given.add(placed.split());
    }
    List<String> classNames = List.copyOf(names);
    Map<String, Integer> labels = ClassLabels.of(classNames);
    List<LabelledFile> files = new ArrayList<>();
    for (PlacedRow placed : rows) {
      files.add(new LabelledFile(placed.file(), labels.get(placed.row().label()), placed.split()));
    }
    files.sort(
        Comparator.comparing(LabelledFile::given).thenComparing(file -> file.file().location()));
    return FoundPictures.of(classNames, given, files);
  }
}
