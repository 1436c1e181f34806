package convoy.driver.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Success$;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import scala.Option;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

class FilesDoneTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();

  private final TaskReports reports = TaskReports.on(SPARK.context().sc());
  private final List<Long> told = new ArrayList<>();
  private final FilesDone filesDone = new FilesDone(reports.done(), done -> told.add(done.files()));

  @Test
  void runningTasks_countByTheirHeartbeats_andEndedTasksOnce() {
    starts(1);
    starts(2);
    heartbeat(1, 40);
    heartbeat(2, 10);
    heartbeat(1, 80);
    ends(1, 100);
    // It was under way when the task ended.
    heartbeat(1, 90);
    heartbeat(2, 30);
    ends(2, 200);

    assertThat(told).containsExactly(40L, 50L, 90L, 110L, 130L, 200L);
  }

  private void starts(long task) {
    filesDone.onTaskStart(new SparkListenerTaskStart(1, 0, info(task)));
  }

  private void heartbeat(long task, long files) {
    Seq<AccumulableInfo> counted = counts(Option.apply(new FileCount(files, 0)), Option.empty());
    filesDone.onExecutorMetricsUpdate(
        new SparkListenerExecutorMetricsUpdate(
            "driver",
            JavaConverters.asScalaBuffer(List.of(new Tuple4<>((Object) task, 1, 0, counted))),
            Map$.MODULE$.empty()));
  }

  /** A task ends, and all that have ended have counted so many. */
  private void ends(long task, long files) {
    TaskInfo info = info(task);
    info.setAccumulables(
        counts(Option.apply(new FileCount(1, 0)), Option.apply(new FileCount(files, 0))));
    filesDone.onTaskEnd(
        new SparkListenerTaskEnd(
            1, 0, "ResultTask", Success$.MODULE$, info, new ExecutorMetrics(), new TaskMetrics()));
  }

  private Seq<AccumulableInfo> counts(Option<Object> update, Option<Object> value) {
    return JavaConverters.asScalaBuffer(List.of(reports.done().toInfo(update, value)));
  }

  private static TaskInfo info(long task) {
    return new TaskInfo(task, (int) task, 0, 0, 0, "driver", "host", TaskLocality.ANY(), false);
  }
}
