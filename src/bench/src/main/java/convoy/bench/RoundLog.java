package convoy.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads how fast a training run was from the {@code metrics.jsonl} that it wrote. */
final class RoundLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RoundLog() {}

  /**
   * The median of the rounds' images per second, without the first, in which executors load their
   * libraries and networks.
   *
   * @throws ContestantException if there are fewer than two rounds
   */
  static double imagesPerSecond(List<String> lines) throws ContestantException {
    List<Double> rounds = new ArrayList<>();
    try {
      for (String line : lines) {
        JsonNode object = JSON.readTree(line);
        if (object.path("kind").asText().equals("round")) {
          rounds.add(object.get("imagesPerSecond").asDouble());
        }
      }
    } catch (JsonProcessingException e) {
      throw new ContestantException("Cannot read metrics.jsonl: " + e.getMessage(), e);
    }
    if (rounds.size() < 2) {
      throw new ContestantException(
          "the epoch had %d rounds, and the first does not count (take a larger image set)"
              .formatted(rounds.size()));
    }
    return Medians.of(rounds.subList(1, rounds.size()));
  }
}
