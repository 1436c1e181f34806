package convoy.driver.monitoring.metrics;

import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.RunTested;
import convoy.driver.monitoring.history.Mishap;
import convoy.driver.monitoring.history.RunView;
import convoy.driver.monitoring.metrics.RunMetric.Phase;
import convoy.driver.monitoring.metrics.RunMetric.Series;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The value of every series now. One thread adds what happens; any may read. */
public final class MetricValues {
  private static final String NO_LABEL = "";

  private final Map<Series, Double> values = new ConcurrentHashMap<>();
  private long startedAt;

  /** Nothing has happened: counters are 0, and gauges have no value. */
  public MetricValues() {
    RunMetric.allSeries().stream()
        .filter(series -> series.metric().type() == RunMetric.Type.COUNTER)
        .forEach(series -> values.put(series, 0.0));
  }

  /** The value; not a number while there is none. */
  public double of(Series series) {
    return values.getOrDefault(series, Double.NaN);
  }

  /**
   * Adds what happened in a run.
   *
   * @param view of the run after it
   */
  public void add(RunEvent event, RunView view) {
    if (event instanceof RunStarted started) {
      add(started);
    } else if (event instanceof RoundEnded round) {
      add(round);
    } else if (event instanceof EpochEnded epoch) {
      count(epoch, Phase.EVALUATE, epoch.evaluateSeconds());
      set(epoch.evaluation());
    } else if (event instanceof RunTested test) {
      set(test.evaluation());
    } else if (event instanceof RunEnded end) {
      boolean finished = end.outcome() == RunEnded.Outcome.FINISHED;
      count(finished ? RunMetric.RUNS_FINISHED : RunMetric.RUNS_FAILED, 1);
    }
    set(RunMetric.EPOCH, (double) view.epoch());
    set(RunMetric.ROUNDS_DONE, (double) view.roundsDone());
    set(RunMetric.ROUNDS, (double) view.setup().rounds());
    set(RunMetric.BEST_ACCURACY, view.bestAccuracy());
    set(RunMetric.REMAINING, view.secondsLeft());
  }

  /** Counts what went wrong on the cluster. */
  public void add(Mishap.Kind kind) {
    switch (kind) {
      case TASK_FAILED -> count(RunMetric.FAILED_TASKS, 1);
      case EXECUTOR_LOST -> count(RunMetric.LOST_EXECUTORS, 1);
      case STAGE_RETRIED -> {}
    }
  }

  private void add(RunStarted started) {
    values.keySet().removeIf(series -> series.metric().type() == RunMetric.Type.GAUGE);
    startedAt = started.time();
    count(RunMetric.RUNS_STARTED, 1);
  }

  private void add(RoundEnded round) {
    set(RunMetric.TRAINING_LOSS, round.trainLoss());
    set(RunMetric.TRAINING_ACCURACY, round.trainAccuracy());
    set(RunMetric.LEARNING_RATE, round.learningRate());
    set(RunMetric.IMAGES_PER_SECOND, round.imagesPerSecond());
    set(RunMetric.SLOWEST_REPLICA, largest(round.replicaSeconds()));
    set(RunMetric.REPLICA_DISTANCE, largest(round.replicaDistances()));
    if (isOfThisAttempt(round)) {
      count(RunMetric.IMAGES_TRAINED, (double) round.examples());
    }
    count(round, Phase.BROADCAST, round.rounds() * round.broadcastSeconds());
    count(round, Phase.COMPUTE, round.rounds() * round.computeSeconds());
    count(round, Phase.GATHER, round.rounds() * round.gatherSeconds());
    count(round, Phase.AVERAGE, round.rounds() * round.averageSeconds());
  }

  /** Events of earlier attempts come again when a run goes on. */
  private boolean isOfThisAttempt(RunEvent event) {
    return event.time() >= startedAt;
  }

  private static Double largest(List<Double> ofReplicas) {
    return ofReplicas.isEmpty() ? null : Collections.max(ofReplicas);
  }

  private void set(EvaluationFigures evaluation) {
    values.put(RunMetric.EVALUATION_LOSS.series(evaluation.split()), evaluation.loss());
    values.put(RunMetric.EVALUATION_ACCURACY.series(evaluation.split()), evaluation.accuracy());
  }

  private void set(RunMetric metric, Double value) {
    if (value == null) {
      values.remove(metric.series(NO_LABEL));
    } else {
      values.put(metric.series(NO_LABEL), value);
    }
  }

  private void count(RunMetric metric, double more) {
    values.merge(metric.series(NO_LABEL), more, Double::sum);
  }

  private void count(RunEvent event, Phase phase, double seconds) {
    if (isOfThisAttempt(event)) {
      values.merge(RunMetric.PHASE.series(phase.word()), seconds, Double::sum);
    }
  }
}
