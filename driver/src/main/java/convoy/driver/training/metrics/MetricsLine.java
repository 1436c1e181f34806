package convoy.driver.training.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.driver.monitoring.event.RunEvent;
import convoy.worker.image.Split;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An event of a training run as a line of {@code metrics.jsonl}: one flat JSON object, so that any
 * tool for tables reads it. The figures of an evaluation have the name of its split before theirs,
 * such as {@code testAccuracy}; its confusions are left out.
 */
public final class MetricsLine {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final String EVALUATION = "evaluation";
  private static final String FLIP = "testTimeFlip";
  private static final List<String> FIGURES =
      List.of("loss", "correct", "count", "accuracy", "macroRecall", "macroF1");

  private MetricsLine() {}

  /** The line of an event, without its end. */
  static String of(RunEvent event) {
    try {
      ObjectNode line = JSON.valueToTree(event);
      JsonNode evaluation = line.remove(EVALUATION);
      if (evaluation != null && !evaluation.isNull()) {
        String split = evaluation.get("split").asText();
        FIGURES.forEach(figure -> line.set(named(split, figure), evaluation.get(figure)));
        line.set(FLIP, evaluation.get(FLIP));
      }
      if (line.path("rounds").asInt() == 1) {
        line.remove("rounds");
      }
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write metrics as JSON: " + event, e);
    }
  }

  /**
   * Whether a line tells of what a checkpoint counts as done, or of an attempt's start.
   *
   * @param epochsDone epochs that are done
   * @param roundsDone rounds of the next epoch that are done
   * @throws JsonProcessingException if it is not whole
   */
  static boolean isOfDone(String text, int epochsDone, int roundsDone)
      throws JsonProcessingException {
    JsonNode line = JSON.readTree(text);
    return switch (line.path("kind").asText()) {
      case "start" -> true;
      // A run that goes on is tested anew, and ends anew.
      case "test", "end" -> false;
      default -> {
        int epoch = line.path("epoch").asInt(Integer.MAX_VALUE);
        // The line of a whole epoch tells the number of its rounds, so it comes after all of them.
        int round = line.path("round").asInt(Integer.MAX_VALUE);
        yield epoch <= epochsDone || (epoch == epochsDone + 1 && round <= roundsDone);
      }
    };
  }

  /** The event of a line; none if it is of an unknown kind, or not a line of metrics. */
  public static Optional<RunEvent> parse(String text) {
    try {
      return Optional.of(event(JSON.readValue(text, ObjectNode.class)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static RunEvent event(ObjectNode line) throws JsonProcessingException {
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      if (line.has(named(split.word(), "count"))) {
        ObjectNode evaluation = line.putObject(EVALUATION).put("split", split.word());
        FIGURES.forEach(figure -> evaluation.set(figure, line.remove(named(split.word(), figure))));
        evaluation.set(FLIP, line.remove(FLIP));
      }
    }
    return JSON.treeToValue(line, RunEvent.class);
  }

  private static String named(String split, String figure) {
    return split + figure.substring(0, 1).toUpperCase(Locale.ROOT) + figure.substring(1);
  }
}
