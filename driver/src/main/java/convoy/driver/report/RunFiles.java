package convoy.driver.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.history.RunHistory;
import convoy.driver.monitoring.history.RunView;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import convoy.driver.training.metrics.MetricsLine;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads what a training run has left in its output directory so far, whether it has ended or not.
 */
public final class RunFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Configuration hadoop;
  private final String output;

  /** The files of the run that writes to {@code output}, as the user named it. */
  public RunFiles(Configuration hadoop, String output) {
    this.hadoop = hadoop;
    this.output = output;
  }

  /**
   * The run.
   *
   * @throws UserException if there is none
   */
  public RunView view() {
    Path directory = Locations.qualified(hadoop, output);
    try {
      List<RunEvent> events =
          text(new Path(directory, "metrics.jsonl"))
              .lines()
              .flatMap(line -> MetricsLine.parse(line).stream())
              .toList();
      RunStarted setup =
          events.stream()
              .filter(RunStarted.class::isInstance)
              .map(RunStarted.class::cast)
              .reduce((earlier, later) -> later)
              .orElseThrow(
                  () ->
                      refused(
                          "its metrics.jsonl does not say how it was set up (only runs of this version or a later one can be reported on)",
                          null));
      RunHistory history = new RunHistory(directory.toString(), setup);
      events.stream().filter(event -> !(event instanceof RunStarted)).forEach(history::add);
      RunEnded ended = history.view().ended();
      if (ended != null && ended.model() != null) {
        addTest(directory, history);
      }
      return history.view();
    } catch (FileNotFoundException e) {
      throw refused(
          "there is no metrics.jsonl in it (name the output directory of a training run)", e);
    } catch (IOException e) {
      throw refused(Failures.firstLine(e) + " (check the address and your permissions)", e);
    }
  }

  /** Adds what the directory of the model has; without it there is only less to show. */
  private void addTest(Path directory, RunHistory history) throws IOException {
    try {
      TestFile test =
          JSON.readValue(
              text(new Path(new Path(directory, "model"), TestFile.NAME)), TestFile.class);
      history.confused(test.evaluation());
      history.add(test.pictures());
    } catch (FileNotFoundException e) {
      // The model was moved elsewhere.
    }
  }

  private String text(Path file) throws IOException {
    try (var in = Locations.fileSystem(hadoop, file).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private UserException refused(String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT, "Cannot report on %s: %s".formatted(output, reason), cause);
  }
}
