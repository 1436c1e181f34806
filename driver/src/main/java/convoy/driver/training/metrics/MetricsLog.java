package convoy.driver.training.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Claim;
import convoy.driver.store.Locations;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code metrics.jsonl}: one JSON object per event of a training run. It is replaced
 * whole, because not every Hadoop file system can append, and none shows half a line then: a few
 * seconds after each round, at the end of each epoch and before each checkpoint.
 */
public final class MetricsLog {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);

  /** Between two replacements after rounds. */
  private static final long LEAST_NANOS = 2_000_000_000L;

  /** Replacing takes at most one part in so many of the time, however long the file is. */
  private static final long MOST_SHARE = 100;

  /** What every line begins with. */
  private static final String BEGINNING = "{\"kind\":";

  private final Configuration configuration;
  private final Path file;
  private final Claim claim;
  private final List<String> earlier;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private long dueAt = System.nanoTime();

  private MetricsLog(Configuration configuration, Path file, Claim claim, List<String> earlier) {
    this.configuration = configuration;
    this.file = file;
    this.claim = claim;
    this.earlier = List.copyOf(earlier);
    earlier.forEach(this::append);
  }

  /** Whether a file begins as such a log does, or is empty. */
  public static boolean isOne(Configuration configuration, Path file) throws IOException {
    try (var in = Locations.fileSystem(configuration, file).open(file)) {
      String beginning = new String(in.readNBytes(BEGINNING.length()), StandardCharsets.UTF_8);
      return beginning.isEmpty() || beginning.equals(BEGINNING);
    }
  }

  /**
   * An empty log.
   *
   * @param claim to the directory that it is in
   */
  public static MetricsLog create(Configuration configuration, Path file, Claim claim) {
    return new MetricsLog(configuration, file, claim, List.of());
  }

  /**
   * The log of an earlier attempt, as far as a checkpoint; empty if the file is gone.
   *
   * @param claim to the directory that it is in
   * @param epochsDone epochs whose events are kept
   * @param roundsDone rounds of the next epoch whose events are kept
   */
  public static MetricsLog resume(
      Configuration configuration, Path file, Claim claim, int epochsDone, int roundsDone)
      throws IOException {
    List<String> kept = new ArrayList<>();
    try (var in = Locations.fileSystem(configuration, file).open(file)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (MetricsLine.isOfDone(line, epochsDone, roundsDone)) {
          kept.add(line);
        }
      }
    } catch (FileNotFoundException | JsonProcessingException e) {
      // Metrics are a record, not a state: a training run goes on without the old ones.
    }
    return new MetricsLog(configuration, file, claim, kept);
  }

  /** What earlier attempts did, as far as this one builds on it, without their starts. */
  public List<RunEvent> earlier() {
    return earlier.stream()
        .flatMap(line -> MetricsLine.parse(line).stream())
        .filter(event -> !(event instanceof RunStarted))
        .toList();
  }

  /**
   * Adds an event; after a round it is in the file within seconds.
   *
   * @throws convoy.driver.failure.UserException if another training run has taken the directory
   *     over
   */
  public void add(RunEvent event) {
    append(MetricsLine.of(event));
    if (event instanceof RoundEnded && System.nanoTime() >= dueAt) {
      try {
        flush();
      } catch (IOException e) {
        // The next one writes what this one could not; the end of the epoch insists.
        LOG.warn("Cannot write {}: {} (trying again after the next round)", file, e.getMessage());
      }
    }
  }

  private void append(String line) {
    text.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes everything added so far visible in the file.
   *
   * @throws convoy.driver.failure.UserException if another training run has taken the directory
   *     over
   */
  public void flush() throws IOException {
    long start = System.nanoTime();
    claim.require();
    AtomicDirectory.replaceFile(configuration, file, text.toByteArray());
    long end = System.nanoTime();
    dueAt = end + Math.max(LEAST_NANOS, MOST_SHARE * (end - start));
  }
}
