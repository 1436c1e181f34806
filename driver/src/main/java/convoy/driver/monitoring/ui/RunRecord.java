package convoy.driver.monitoring.ui;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import convoy.driver.monitoring.history.RunView;
import org.apache.spark.util.kvstore.KVIndex;

/** A training run in Spark's store, which keeps it in memory or on the History Server's disk. */
public final class RunRecord {
  /** The number of the run in its application, from 0. */
  @KVIndex
  @JsonProperty("number")
  final int number;

  @JsonProperty("view")
  final RunView view;

  /** The run of that number. */
  @JsonCreator
  RunRecord(@JsonProperty("number") int number, @JsonProperty("view") RunView view) {
    this.number = number;
    this.view = view;
  }
}
