package convoy.driver.prediction;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The directory that predictions are written to, by the executors, as Spark does: {@code part-*}
 * files and, when all are there, {@code _SUCCESS}.
 */
final class PredictionFiles {
  /**
   * CSV after RFC 4180, UTF-8, with a heading, every value quoted, quotes doubled: a name with
   * commas, quotes, line ends or blanks at its ends comes back as it was.
   */
  private static final Map<String, String> CSV =
      Map.of(
          "header", "true",
          "quoteAll", "true",
          "escape", "\"",
          "multiLine", "true",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false");

  /** An error that is null is written as null and not left out. */
  private static final Map<String, String> JSON = Map.of("ignoreNullFields", "false");

  private final SparkSession spark;
  private final PredictionFormat format;

  PredictionFiles(SparkSession spark, PredictionFormat format) {
    this.spark = spark;
    this.format = format;
  }

  /** Writes rows into an empty directory. */
  void write(JavaRDD<Row> rows, String path) {
    spark
        .createDataFrame(rows, PredictionRows.schema(format))
        .write()
        .mode(SaveMode.Append)
        .format(name())
        .options(options())
        .save(path);
  }

  /** What has been written. */
  Dataset<Row> read(String path) {
    // Spark takes the name for a pattern when it reads, though not when it writes.
    String literally = path.replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
    return spark
        .read()
        .schema(PredictionRows.schema(format))
        .format(name())
        .options(options())
        .load(literally);
  }

  private String name() {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private Map<String, String> options() {
    return switch (format) {
      case PARQUET -> Map.of();
      case CSV -> CSV;
      case JSON -> JSON;
    };
  }
}
