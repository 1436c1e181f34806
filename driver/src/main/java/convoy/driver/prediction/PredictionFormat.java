package convoy.driver.prediction;

/** The file format of predictions. */
public enum PredictionFormat {
  /** Apache Parquet, columns with their types. */
  PARQUET,
  /** Text with a header line; the top classes in one column, {@code cat=0.91;dog=0.05}. */
  CSV,
  /** One JSON object per line. */
  JSON
}
