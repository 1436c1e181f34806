package convoy.driver.monitoring.metrics;

import convoy.worker.image.Split;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The table of what Spark's metrics system is told of training runs, under names by the conventions
 * of Prometheus. Gauges tell of the run that was started last; counters of all runs of the
 * application, without what earlier attempts did.
 */
public enum RunMetric {
  TRAINING_LOSS(
      Type.GAUGE,
      "convoy_training_loss_nats",
      "Mean cross-entropy of the images of the last round, each before the step that used it."),
  TRAINING_ACCURACY(
      Type.GAUGE,
      "convoy_training_accuracy_ratio",
      "Share of the images of the last round classified correctly, each before the step that used it."),
  EVALUATION_LOSS(
      Type.GAUGE,
      "convoy_evaluation_loss_nats",
      "Mean cross-entropy of the images of a split in their last evaluation.",
      Label.SPLIT),
  EVALUATION_ACCURACY(
      Type.GAUGE,
      "convoy_evaluation_accuracy_ratio",
      "Share of the images of a split classified correctly in their last evaluation.",
      Label.SPLIT),
  BEST_ACCURACY(
      Type.GAUGE,
      "convoy_best_accuracy_ratio",
      "Highest accuracy after any epoch, on the images that accuracy is measured on after each."),
  LEARNING_RATE(Type.GAUGE, "convoy_learning_rate", "Learning rate of the last step."),
  EPOCH(Type.GAUGE, "convoy_epoch", "Epoch of the last round, from 1; 0 before the first."),
  ROUNDS_DONE(
      Type.GAUGE,
      "convoy_rounds_done",
      "Rounds done of all epochs, those of earlier attempts included."),
  ROUNDS(Type.GAUGE, "convoy_rounds", "Rounds of all epochs, if the run does not stop early."),
  REMAINING(
      Type.GAUGE,
      "convoy_remaining_seconds",
      "Time until the last round at the pace so far, evaluations included."),
  IMAGES_PER_SECOND(
      Type.GAUGE,
      "convoy_images_per_second",
      "Images that all replicas together trained on in a second of the last round."),
  SLOWEST_REPLICA(
      Type.GAUGE,
      "convoy_slowest_replica_seconds",
      "Time that the slowest replica took in the last round for loading, steps and copying."),
  REPLICA_DISTANCE(
      Type.GAUGE,
      "convoy_replica_distance_ratio",
      "Largest distance of a replica's parameters from their mean over the norm of the mean, in the last round."),
  IMAGES_TRAINED(
      Type.COUNTER, "convoy_images_trained_total", "Images that replicas have trained on."),
  PHASE(
      Type.COUNTER,
      "convoy_phase_seconds_total",
      "Time that each phase of the rounds and the evaluations after epochs have taken.",
      Label.PHASE),
  FAILED_TASKS(
      Type.COUNTER, "convoy_failed_tasks_total", "Tasks that have failed; Spark runs most again."),
  LOST_EXECUTORS(
      Type.COUNTER, "convoy_lost_executors_total", "Executors that are gone, for any reason."),
  RUNS_STARTED(
      Type.COUNTER, "convoy_runs_started_total", "Training runs that have begun, or gone on."),
  RUNS_FINISHED(
      Type.COUNTER, "convoy_runs_finished_total", "Training runs that have published a model."),
  RUNS_FAILED(
      Type.COUNTER,
      "convoy_runs_failed_total",
      "Training runs that have failed, or stopped because they diverged.");

  /** How a value moves. */
  public enum Type {
    /** Up and down. */
    GAUGE,
    /** Only up, from 0 at the start of the application. */
    COUNTER;

    /** As the text format of Prometheus has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the series of a metric differ in. */
  enum Label {
    NONE,
    SPLIT,
    PHASE;

    private List<String> possibleValues() {
      return switch (this) {
        case NONE -> List.of("");
        case SPLIT -> List.of(Split.VALIDATION.word(), Split.TEST.word());
        case PHASE -> Stream.of(Phase.values()).map(Phase::word).toList();
      };
    }
  }

  /** The parts of an epoch's time. */
  enum Phase {
    BROADCAST,
    COMPUTE,
    GATHER,
    AVERAGE,
    EVALUATE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One time series of a metric.
   *
   * @param labelValue empty if the metric has no label
   */
  public record Series(RunMetric metric, String labelValue) {
    /** Its name in Spark's metrics system, which knows no labels. */
    public String registryName() {
      return labelValue.isEmpty() ? metric.metricName : metric.metricName + "." + labelValue;
    }
  }

  private final Type type;
  private final String metricName;
  private final String help;
  private final Label label;

  RunMetric(Type type, String metricName, String help) {
    this(type, metricName, help, Label.NONE);
  }

  RunMetric(Type type, String metricName, String help, Label label) {
    this.type = type;
    this.metricName = metricName;
    this.help = help;
    this.label = label;
  }

  /** How its values move. */
  public Type type() {
    return type;
  }

  /** Its name, with the unit at its end. */
  public String metricName() {
    return metricName;
  }

  /** What it is, one sentence. */
  public String help() {
    return help;
  }

  /** What its series differ in; empty if it has one alone. */
  public String label() {
    return label == Label.NONE ? "" : label.name().toLowerCase(Locale.ROOT);
  }

  /** Its series, in order. */
  public List<Series> series() {
    return label.possibleValues().stream().map(this::series).toList();
  }

  /** The series of all metrics, in order. */
  public static List<Series> allSeries() {
    return Stream.of(values()).flatMap(metric -> metric.series().stream()).toList();
  }

  /** The series with a value of its label; the empty text for a metric without. */
  Series series(String labelValue) {
    return new Series(this, labelValue);
  }
}
