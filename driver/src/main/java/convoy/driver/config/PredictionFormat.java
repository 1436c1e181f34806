package convoy.driver.config;

/** The file format of predictions. */
public enum PredictionFormat {
  /** Apache Parquet, columns with their types. */
  PARQUET,
  /** Text with a header line; the top classes in one column, as JSON. */
  CSV,
  /** One JSON object a line. */
  JSON
}
