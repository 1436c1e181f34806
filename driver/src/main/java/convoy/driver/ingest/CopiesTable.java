package convoy.driver.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Finds the copies in a set by the digests in its table of pictures, on the executors, and writes
 * them to a table {@code copies} beside it: one row a copy, with the first picture of its bytes.
 */
final class CopiesTable {
  /** The name of the table's folder. */
  static final String NAME = "copies";

  private static final String SCHEMA = "path STRING, class STRING, split STRING, sha256 STRING";
  private static final int FIRST = 5;

  private CopiesTable() {}

  /** Reads the pictures of a set in the making, and writes the table if there is a copy. */
  static Copies write(SparkSession spark, Path set) {
    WindowSpec sameBytes = Window.partitionBy("sha256").orderBy("path");
    Dataset<Row> copies =
        spark
            .read()
            .schema(SCHEMA)
            .options(CsvFile.SPARK_OPTIONS)
            .csv(literally(new Path(set, TaskFiles.PICTURES)))
            .withColumn("place", row_number().over(sameBytes))
            .withColumn("firstPath", first("path").over(sameBytes))
            .withColumn("firstClass", first("class").over(sameBytes))
            .withColumn("firstSplit", first("split").over(sameBytes))
            .where(col("place").gt(1))
            .drop("place")
            .cache();
    try {
      Row counts =
          copies
              .agg(count(lit(1)), sum(col("split").notEqual(col("firstSplit")).cast("long")))
              .head();
      long all = counts.getLong(0);
      if (all == 0) {
        return new Copies(0, 0, List.of());
      }
      copies
          .repartition(1)
          .sortWithinPartitions("firstPath", "path")
          .write()
          .options(CsvFile.SPARK_OPTIONS)
          .csv(new Path(set, NAME).toString());
      return new Copies(all, counts.getLong(1), firstPairs(copies));
    } finally {
      copies.unpersist();
    }
  }

  private static List<Copies.Pair> firstPairs(Dataset<Row> copies) {
    return copies
        .orderBy(col("split").equalTo(col("firstSplit")), col("firstPath"), col("path"))
        .select("path", "split", "firstPath", "firstSplit")
        .takeAsList(FIRST)
        .stream()
        .map(
            row ->
                new Copies.Pair(
                    row.getString(0), row.getString(1), row.getString(2), row.getString(3)))
        .toList();
  }

  /** Spark takes a name for a pattern when it reads. */
  private static String literally(Path path) {
    return path.toString().replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
  }
}
