package convoy.driver.training;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.monitoring.event.RunEnded.Outcome;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.provenance.Versions;
import convoy.driver.store.Failures;
import convoy.driver.training.plan.TrainingPlan;
import convoy.worker.image.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Describes a training run to those who watch it. */
final class RunDescription {
  /** What every engine computes in. */
  private static final String PRECISION = "float32";

  private RunDescription() {}

  /**
   * The start of a run.
   *
   * @param output the directory that it writes to, a URI
   * @param earlier what earlier attempts did that it builds on
   */
  static RunStarted started(TrainingSetup setup, String output, List<RunEvent> earlier) {
    TrainingPlan plan = setup.plan();
    Map<String, Long> images = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      if (setup.source().images(split) > 0) {
        images.put(split.word(), (long) setup.source().images(split));
      }
    }
    List<String> classNames = setup.source().set().classNames();
    return new RunStarted(
        System.currentTimeMillis(),
        setup.spec().network(),
        setup.source().set().uri(),
        output,
        classNames.size(),
        classNames,
        images,
        setup.epochSplit().word(),
        plan.replicas(),
        plan.batchSize(),
        plan.roundLength().toString(),
        setup.task().engine(),
        PRECISION,
        setup.device(),
        setup.task().training().network().parameterCount(),
        plan.epochs(),
        IntStream.rangeClosed(1, plan.epochs()).map(epoch -> plan.rounds(epoch).size()).sum(),
        earlier.stream()
            .filter(RoundEnded.class::isInstance)
            .mapToInt(event -> ((RoundEnded) event).rounds())
            .sum(),
        flat(setup.spec().configuration()),
        Versions.all());
  }

  /** The end of a run whose model is published. */
  static RunEnded finished(TrainingResult result) {
    return new RunEnded(
        System.currentTimeMillis(),
        Outcome.FINISHED,
        "",
        result.publishedEpoch(),
        result.testAccuracy(),
        result.modelUri(),
        result.parametersSha256());
  }

  /** The end of a run that came to nothing. */
  static RunEnded failed(Exception cause) {
    boolean diverged = cause instanceof UserException user && user.exitCode() == ExitCode.DIVERGED;
    return new RunEnded(
        System.currentTimeMillis(),
        diverged ? Outcome.DIVERGED : Outcome.FAILED,
        Failures.firstLine(cause),
        0,
        null,
        null,
        null);
  }

  private static Map<String, String> flat(Map<String, Object> configuration) {
    Map<String, String> flat = new TreeMap<>();
    configuration.forEach((key, value) -> put(key, value, flat));
    return flat;
  }

  private static void put(String key, Object value, Map<String, String> flat) {
    if (value instanceof Map<?, ?> block) {
      block.forEach((name, inner) -> put(key + "." + name, inner, flat));
    } else {
      flat.put(key, String.valueOf(value));
    }
  }
}
