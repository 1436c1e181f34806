package convoy.driver.monitoring.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something that happened in a prediction job. As JSON, its {@code kind} says what. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PredictionStarted.class, name = "start"),
  @JsonSubTypes.Type(value = PredictionAdvanced.class, name = "files"),
  @JsonSubTypes.Type(value = PredictionEnded.class, name = "end")
})
public sealed interface PredictionProgress
    permits PredictionStarted, PredictionAdvanced, PredictionEnded {
  /** When it happened, milliseconds since 1970 (UTC). */
  long time();
}
