package convoy.driver.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.history.Mishap;
import convoy.driver.monitoring.history.RunHistory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetricValuesTest {
  private final MetricValues values = new MetricValues();
  private RunHistory history;

  private void add(RunEvent event) {
    if (event instanceof RunStarted started) {
      history = new RunHistory("run", started);
    } else {
      history.add(event);
    }
    values.add(event, history.view());
  }

  private double of(RunMetric metric) {
    return values.of(metric.series().get(0));
  }

  private static RunStarted started(long time) {
    return new RunStarted(
        time,
        "resnet-8",
        "file:/data",
        "file:/out",
        2,
        List.of("a", "b"),
        Map.of(),
        "test",
        2,
        8,
        "2 steps",
        "onednn",
        "float32",
        "cpu",
        100,
        2,
        10,
        0,
        Map.of(),
        Map.of());
  }

  private static RoundEnded round(long time, int rounds, Double accuracy) {
    return new RoundEnded(
        time,
        1,
        rounds,
        rounds,
        32L * rounds,
        2.5,
        accuracy,
        0.1,
        16,
        0.25,
        1,
        0.5,
        0.125,
        List.of(0.75, 1.0),
        List.of(0.02, 0.01));
  }

  @Test
  void rounds_toldOfTogetherCountEach() {
    add(started(1_000));
    add(round(9_000, 4, 0.5));

    assertThat(of(RunMetric.IMAGES_TRAINED)).isEqualTo(128);
    // The first phase is broadcast.
    assertThat(of(RunMetric.PHASE)).isEqualTo(1);
    assertThat(of(RunMetric.SLOWEST_REPLICA)).isEqualTo(1);
    assertThat(of(RunMetric.REPLICA_DISTANCE)).isEqualTo(0.02);
    assertThat(of(RunMetric.REMAINING)).isEqualTo(12);
  }

  @Test
  void earlierAttempts_areShownAndNotCounted() {
    add(started(100_000));
    add(round(5_000, 4, 0.5));

    assertThat(of(RunMetric.ROUNDS_DONE)).isEqualTo(4);
    assertThat(of(RunMetric.IMAGES_TRAINED)).isZero();
    assertThat(of(RunMetric.PHASE)).isZero();
  }

  @Test
  void nextRun_beginsWithoutTheValuesOfTheLast() {
    add(started(1_000));
    add(round(2_000, 1, 0.5));
    add(new RunEnded(3_000, RunEnded.Outcome.DIVERGED, "why", 0, null, null, null));
    add(started(4_000));

    assertThat(of(RunMetric.TRAINING_LOSS)).isNaN();
    assertThat(of(RunMetric.EPOCH)).isZero();
    assertThat(of(RunMetric.IMAGES_TRAINED)).isEqualTo(32);
    assertThat(of(RunMetric.RUNS_STARTED)).isEqualTo(2);
    assertThat(of(RunMetric.RUNS_FAILED)).isOne();
    assertThat(of(RunMetric.RUNS_FINISHED)).isZero();
  }

  @Test
  void accuracy_thatIsNotCountedHasNoValue() {
    add(started(1_000));
    add(round(2_000, 1, 0.5));
    add(round(3_000, 1, null));

    assertThat(of(RunMetric.TRAINING_ACCURACY)).isNaN();
  }

  @Test
  void mishaps_areCountedByTheirKind() {
    values.add(Mishap.Kind.TASK_FAILED);
    values.add(Mishap.Kind.TASK_FAILED);
    values.add(Mishap.Kind.EXECUTOR_LOST);
    values.add(Mishap.Kind.STAGE_RETRIED);

    assertThat(of(RunMetric.FAILED_TASKS)).isEqualTo(2);
    assertThat(of(RunMetric.LOST_EXECUTORS)).isOne();
  }

  @Test
  void text_isInTheFormatOfPrometheus() {
    add(started(1_000));
    add(round(2_000, 1, 0.5));

    Exposition read = Exposition.parse(PrometheusText.of(values::of));

    assertThat(read.samples())
        .containsEntry("convoy_training_loss_nats", 2.5)
        .containsEntry("convoy_phase_seconds_total{phase=\"compute\"}", 1.0)
        .doesNotContainKey("convoy_evaluation_accuracy_ratio{split=\"test\"}");
  }
}
