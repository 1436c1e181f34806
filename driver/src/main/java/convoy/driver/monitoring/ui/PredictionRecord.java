package convoy.driver.monitoring.ui;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import convoy.driver.monitoring.history.PredictionView;
import org.apache.spark.util.kvstore.KVIndex;

/** A prediction job in Spark's store, beside {@link RunRecord}. */
public final class PredictionRecord {
  /** The number of the job in its application, from 0. */
  @KVIndex
  @JsonProperty("number")
  final int number;

  @JsonProperty("view")
  final PredictionView view;

  /** The prediction job of that number. */
  @JsonCreator
  PredictionRecord(@JsonProperty("number") int number, @JsonProperty("view") PredictionView view) {
    this.number = number;
    this.view = view;
  }
}
