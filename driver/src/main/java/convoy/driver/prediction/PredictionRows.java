package convoy.driver.prediction;

import convoy.worker.prediction.Classification;
import convoy.worker.prediction.LabelProbability;
import convoy.worker.prediction.Prediction;
import convoy.worker.prediction.Prediction.Classified;
import convoy.worker.prediction.Prediction.Unreadable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Predictions as rows: {@code path}, the file's full name; {@code label} and {@code probability} of
 * the most probable class; {@code topK}, the most probable classes with their probabilities; {@code
 * error}, null, or {@code CODE: sentence}, and then the three before it are null.
 */
final class PredictionRows {
  private static final StructType LABEL_PROBABILITY =
      DataTypes.createStructType(
          List.of(
              field("label", DataTypes.StringType, false),
              field("probability", DataTypes.DoubleType, false)));

  private PredictionRows() {}

  /**
   * The columns. CSV has no nested values: there {@code topK} is a text, {@code
   * cat=0.91;dog=0.05;...}.
   */
  static StructType schema(PredictionFormat format) {
    return DataTypes.createStructType(
        List.of(
            field("path", DataTypes.StringType, false),
            field("label", DataTypes.StringType, true),
            field("probability", DataTypes.DoubleType, true),
            field(
                "topK",
                format == PredictionFormat.CSV
                    ? DataTypes.StringType
                    : DataTypes.createArrayType(LABEL_PROBABILITY, false),
                true),
            field("error", DataTypes.StringType, true)));
  }

  /** The row of a prediction. */
  static Row of(Prediction prediction, PredictionFormat format) {
    if (prediction instanceof Classified classified) {
      Classification classification = classified.classification();
      return RowFactory.create(
          classified.path(),
          classification.label(),
          classification.probability(),
          format == PredictionFormat.CSV ? text(classification) : rows(classification),
          null);
    }
    Unreadable unreadable = (Unreadable) prediction;
    String error = unreadable.reason() + ": " + unreadable.sentence();
    return RowFactory.create(unreadable.path(), null, null, null, error);
  }

  private static Row[] rows(Classification classification) {
    return classification.top().stream()
        .map(entry -> RowFactory.create(entry.label(), entry.probability()))
        .toArray(Row[]::new);
  }

  private static String text(Classification classification) {
    return classification.top().stream().map(PredictionRows::text).collect(Collectors.joining(";"));
  }

  private static String text(LabelProbability entry) {
    return entry.label() + "=" + entry.probability();
  }

  private static StructField field(String name, DataType type, boolean nullable) {
    return DataTypes.createStructField(name, type, nullable);
  }
}
