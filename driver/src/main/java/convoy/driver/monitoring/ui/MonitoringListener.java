package convoy.driver.monitoring.ui;

import convoy.driver.monitoring.event.PredictionEvent;
import convoy.driver.monitoring.event.PredictionProgress;
import convoy.driver.monitoring.event.PredictionStarted;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.TrainingEvent;
import convoy.driver.monitoring.history.Mishap;
import convoy.driver.monitoring.history.PredictionHistory;
import convoy.driver.monitoring.history.RunHistory;
import convoy.driver.monitoring.history.RunView;
import convoy.driver.monitoring.metrics.MetricValues;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.Success$;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what happens in the training runs and prediction jobs of an application in Spark's store,
 * for the tab: live, and again when the History Server reads the event log. Spark calls it from one
 * thread. What is counted and measured goes to the metrics, too.
 */
final class MonitoringListener extends SparkListener {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoringListener.class);

  /** Later mishaps are counted and not kept. */
  private static final int MOST_MISHAPS = 500;

  private final MonitoringStore store;
  private final MetricValues metrics;
  private final Map<String, RunHistory> histories = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, PredictionHistory> predictions = new HashMap<>();
  private final Map<String, Integer> predictionNumbers = new HashMap<>();
  private int runs;
  private int numberOfPredictions;
  private int mishaps;

  MonitoringListener(MonitoringStore store, MetricValues metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof TrainingEvent training) {
      add(training.run(), training.event());
    } else if (event instanceof PredictionEvent prediction) {
      add(prediction.job(), prediction.event());
    }
  }

  private void add(String run, RunEvent event) {
    if (event instanceof RunStarted started) {
      histories.put(run, new RunHistory(run, started));
      numbers.put(run, runs++);
    } else if (histories.containsKey(run)) {
      histories.get(run).add(event);
    } else {
      return;
    }
    RunView view = histories.get(run).view();
    metrics.add(event, view);
    keep(() -> store.write(numbers.get(run), view));
  }

  private void add(String job, PredictionProgress event) {
    if (event instanceof PredictionStarted started) {
      predictionNumbers.put(job, numberOfPredictions++);
      predictions.put(job, new PredictionHistory(started));
    } else if (predictions.containsKey(job)) {
      predictions.get(job).add(event);
    } else {
      return;
    }
    keep(() -> store.write(predictionNumbers.get(job), predictions.get(job).view()));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() != Success$.MODULE$ && end.reason() instanceof TaskFailedReason failure) {
      add(
          end.taskInfo().finishTime(),
          Mishap.Kind.TASK_FAILED,
          "Task %d of stage %d, attempt %d, failed on %s: %s"
              .formatted(
                  end.taskInfo().index(),
                  end.stageId(),
                  end.taskInfo().attemptNumber(),
                  end.taskInfo().host(),
                  failure.toErrorString()));
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    add(
        removed.time(),
        Mishap.Kind.EXECUTOR_LOST,
        "Executor %s is gone: %s".formatted(removed.executorId(), removed.reason()));
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    if (submitted.stageInfo().attemptNumber() > 0) {
      add(
          submitted.stageInfo().submissionTime().getOrElse(() -> 0L),
          Mishap.Kind.STAGE_RETRIED,
          "Stage %d is run again, attempt %d: %s"
              .formatted(
                  submitted.stageInfo().stageId(),
                  submitted.stageInfo().attemptNumber(),
                  submitted.stageInfo().name()));
    }
  }

  private void add(long time, Mishap.Kind kind, String text) {
    if (mishaps < MOST_MISHAPS) {
      String line = text.lines().findFirst().orElse("");
      int number = mishaps;
      keep(() -> store.write(number, new Mishap(time, kind, line)));
    }
    mishaps++;
    metrics.add(kind);
  }

  /** A page that lacks something is no reason to disturb the application. */
  private static void keep(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("Cannot keep what the tab \"Training\" shows", e);
    }
  }
}
