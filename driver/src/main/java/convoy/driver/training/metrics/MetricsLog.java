package convoy.driver.training.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.failure.UserException;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Claim;
import convoy.driver.store.Locations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The file {@code metrics.jsonl}: one JSON object per round and one per epoch, and for an image set
 * with validation images one of the test at the end. It is replaced whole at the end of each epoch
 * and before each checkpoint, because not every Hadoop file system can append.
 */
public final class MetricsLog {
  /** The kind of the object that tells of the test at the end. */
  static final String TEST = "test";

  /** More than an object of the log has. */
  private static final int MOST_LINE_BYTES = 1 << 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration configuration;
  private final Path file;
  private final Claim claim;
  private final List<String> lines;

  private MetricsLog(Configuration configuration, Path file, Claim claim, List<String> lines) {
    this.configuration = configuration;
    this.file = file;
    this.claim = claim;
    this.lines = lines;
  }

  /** Whether a file begins as such a log does, or is empty. */
  public static boolean isOne(Configuration configuration, Path file) throws IOException {
    String line;
    try (var in = Locations.fileSystem(configuration, file).open(file)) {
      line = new String(in.readNBytes(MOST_LINE_BYTES), StandardCharsets.UTF_8);
    }
    try {
      return line.isEmpty() || JSON.readTree(line).path("epoch").isInt();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /**
   * An empty log.
   *
   * @param claim to the directory that it is in
   */
  public static MetricsLog create(Configuration configuration, Path file, Claim claim) {
    return new MetricsLog(configuration, file, claim, new ArrayList<>());
  }

  /**
   * The log of an earlier run, as far as a checkpoint; empty if the file is gone.
   *
   * @param claim to the directory that it is in
   * @param epochsDone epochs whose objects are kept
   * @param roundsDone rounds of the next epoch whose objects are kept
   */
  public static MetricsLog resume(
      Configuration configuration, Path file, Claim claim, int epochsDone, int roundsDone)
      throws IOException {
    List<String> kept = new ArrayList<>();
    try (var in = Locations.fileSystem(configuration, file).open(file)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        JsonNode object = JSON.readTree(line);
        int epoch = object.path("epoch").asInt(Integer.MAX_VALUE);
        // The object of a whole epoch tells the number of its rounds, so it comes after all of
        // them.
        int round = object.path("round").asInt(Integer.MAX_VALUE);
        // A run that goes on is tested anew at its end.
        if (object.path("kind").asText().equals(TEST)) {
          continue;
        }
        if (epoch <= epochsDone || (epoch == epochsDone + 1 && round <= roundsDone)) {
          kept.add(line);
        }
      }
    } catch (FileNotFoundException | JsonProcessingException e) {
      // Metrics are a record, not a state: a training run goes on without the old ones.
    }
    return new MetricsLog(configuration, file, claim, kept);
  }

  /** Adds an object; it is in the file after the next {@link #flush}. */
  public void add(Map<String, ?> metrics) {
    try {
      lines.add(JSON.writeValueAsString(metrics));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write metrics as JSON: " + metrics, e);
    }
  }

  /**
   * Makes everything added so far visible in the file.
   *
   * @throws UserException if another training run has taken the directory over
   */
  public void flush() throws IOException {
    claim.require();
    String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    AtomicDirectory.replaceFile(configuration, file, text.getBytes(StandardCharsets.UTF_8));
  }
}
