package convoy.driver.monitoring.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Something that happened in a training run. As JSON, its {@code kind} says what; the lines of
 * {@code metrics.jsonl} and Spark's event log have the same objects, but for the pictures, which
 * are in Spark's event log alone.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RunStarted.class, name = "start"),
  @JsonSubTypes.Type(value = RoundEnded.class, name = "round"),
  @JsonSubTypes.Type(value = EpochEnded.class, name = "epoch"),
  @JsonSubTypes.Type(value = RunTested.class, name = "test"),
  @JsonSubTypes.Type(value = PicturesChosen.class, name = "pictures"),
  @JsonSubTypes.Type(value = RunEnded.class, name = "end")
})
public sealed interface RunEvent
    permits RunStarted, RoundEnded, EpochEnded, RunTested, PicturesChosen, RunEnded {
  /** When it happened, milliseconds since 1970 (UTC); 0 if nobody wrote it down. */
  long time();
}
