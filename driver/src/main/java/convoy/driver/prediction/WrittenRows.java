package convoy.driver.prediction;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.when;

import convoy.driver.prediction.PredictionSummary.Labelled;
import convoy.worker.evaluation.ConfusionMatrix;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts predictions in the files that hold them. Counters kept while writing would count a task
 * twice that ran twice; what is written is there once.
 */
final class WrittenRows {
  private WrittenRows() {}

  /**
   * The summary of the rows that {@code prediction} wrote. Only counts come to the driver: at most
   * one number for each pair of classes and each reason.
   *
   * @param labels the model's classes
   */
  static PredictionSummary summarize(
      Dataset<Row> rows, List<String> labels, PredictionSpec prediction) {
    boolean labelled = prediction.labelled();
    List<Row> counts =
        rows.groupBy(
                substring_index(col("error"), ":", 1).as("code"),
                (labelled ? folderClass(labels) : lit(null).cast("string")).as("folder"),
                col("label"))
            .count()
            .collectAsList();
    SortedMap<String, Long> unreadable = new TreeMap<>();
    SortedMap<String, Long> predicted = new TreeMap<>();
    ConfusionMatrix matrix = new ConfusionMatrix(labels.size());
    long classified = 0;
    long elsewhere = 0;
    for (Row row : counts) {
      long count = row.getLong(3);
      if (!row.isNullAt(0)) {
        unreadable.merge(row.getString(0), count, Long::sum);
        continue;
      }
      classified += count;
      predicted.merge(row.getString(2), count, Long::sum);
      if (row.isNullAt(1)) {
        elsewhere += count;
      } else {
        matrix.count(labels.indexOf(row.getString(1)), labels.indexOf(row.getString(2)), count);
      }
    }
    long files = classified + unreadable.values().stream().mapToLong(Long::longValue).sum();
    return new PredictionSummary(
        prediction.outputPath(),
        files,
        classified,
        predicted,
        unreadable,
        labelled
            ? Optional.of(new Labelled(labels, matrix, elsewhere, prediction.testTimeFlip()))
            : Optional.empty());
  }

  /** The last folder of a path, if a class has its name. */
  private static Column folderClass(List<String> labels) {
    Column folder = element_at(split(col("path"), "/"), -2);
    return when(folder.isin(labels.toArray()), folder);
  }
}
