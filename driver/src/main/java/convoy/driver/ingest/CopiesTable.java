package convoy.driver.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import convoy.driver.data.UnpublishedDirectory;
import convoy.driver.ingest.table.CsvFile;
import convoy.driver.ingest.table.LiteralPath;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Finds the copies in a set by the digests in its table of pictures, on the executors, and writes
 * them to a table {@code copies} beside it: one row per copy, with the first picture of its bytes.
 */
final class CopiesTable {
  /** The name of the table's folder. */
  static final String NAME = "copies";

  private static final String PICTURES = "path STRING, class STRING, split STRING, sha256 STRING";
  private static final String COPIES =
      PICTURES + ", firstPath STRING, firstClass STRING, firstSplit STRING";
  private static final int FIRST = 5;

  private CopiesTable() {}

  /** Reads the pictures of a set in the making, and writes the table if there is a copy. */
  static Copies write(SparkSession spark, UnpublishedDirectory set) throws IOException {
    WindowSpec sameBytes = Window.partitionBy("sha256").orderBy("path");
    Path table = new Path(set.path(), NAME);
    read(spark, PICTURES, new Path(set.path(), TaskFiles.PICTURES))
        .withColumn("place", row_number().over(sameBytes))
        .withColumn("firstPath", first("path").over(sameBytes))
        .withColumn("firstClass", first("class").over(sameBytes))
        .withColumn("firstSplit", first("split").over(sameBytes))
        .where(col("place").gt(1))
        .drop("place")
        .repartition(1)
        .sortWithinPartitions("firstPath", "path")
        .write()
        .options(CsvFile.SPARK_OPTIONS)
        .csv(table.toString());
    Dataset<Row> copies = read(spark, COPIES, table);
    Column elsewhere = col("split").notEqual(col("firstSplit"));
    Column otherwise = col("class").notEqual(col("firstClass"));
    Row counts =
        copies.agg(count(lit(1)), sum(elsewhere.cast("long")), sum(otherwise.cast("long"))).head();
    if (counts.getLong(0) == 0) {
      set.delete(NAME);
      return new Copies(Copies.Some.NONE, Copies.Some.NONE, Copies.Some.NONE);
    }
    return new Copies(
        some(counts.getLong(0), copies),
        some(counts.getLong(1), copies.where(elsewhere)),
        some(counts.getLong(2), copies.where(otherwise)));
  }

  private static Copies.Some some(long count, Dataset<Row> copies) {
    return count == 0
        ? Copies.Some.NONE
        : new Copies.Some(
            count,
            copies.orderBy("firstPath", "path").takeAsList(FIRST).stream()
                .map(CopiesTable::pair)
                .toList());
  }

  private static Dataset<Row> read(SparkSession spark, String schema, Path table) {
    return spark
        .read()
        .schema(schema)
        .options(CsvFile.SPARK_OPTIONS)
        .csv(LiteralPath.of(table.toString()));
  }

  private static Copies.Pair pair(Row row) {
    return new Copies.Pair(
        place(row, "path", "class", "split"), place(row, "firstPath", "firstClass", "firstSplit"));
  }

  private static Copies.Place place(Row row, String path, String className, String split) {
    return new Copies.Place(row.getAs(path), row.getAs(className), row.getAs(split));
  }
}
