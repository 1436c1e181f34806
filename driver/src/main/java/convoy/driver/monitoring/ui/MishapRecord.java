package convoy.driver.monitoring.ui;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import convoy.driver.monitoring.history.Mishap;
import org.apache.spark.util.kvstore.KVIndex;

/** A mishap in Spark's store. */
public final class MishapRecord {
  /** The number of the mishap in its application, from 0. */
  @KVIndex
  @JsonProperty("number")
  final int number;

  @JsonProperty("mishap")
  final Mishap mishap;

  /** The mishap of that number. */
  @JsonCreator
  MishapRecord(@JsonProperty("number") int number, @JsonProperty("mishap") Mishap mishap) {
    this.number = number;
    this.mishap = mishap;
  }
}
