package convoy.driver.prediction;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Counts files that are done while tasks still run. Spark brings an accumulator's value to the
 * driver when a task ends; what running tasks have counted comes with the heartbeats of executors,
 * every ten seconds.
 */
final class FilesDone extends SparkListener {
  private final long accumulator;
  private final Consumer<FileCount> told;
  private final Map<Long, FileCount> running = new HashMap<>();
  private FileCount ended = FileCount.NONE;

  /**
   * A count.
   *
   * @param done what tasks add to; it has a name, without which Spark tells nothing of it
   * @param told learns of every change
   */
  FilesDone(SumAccumulator<FileCount> done, Consumer<FileCount> told) {
    this.accumulator = done.id();
    this.told = told;
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    running.put(start.taskInfo().taskId(), FileCount.NONE);
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    JavaConverters.seqAsJavaList(heartbeat.accumUpdates())
        .forEach(
            task -> {
              FileCount counted = find(task._4(), AccumulableInfo::update);
              // A heartbeat may be told of after its task's end.
              if (counted != null && running.replace((Long) task._1(), counted) != null) {
                tell();
              }
            });
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    FileCount counted = find(end.taskInfo().accumulables(), AccumulableInfo::value);
    if (counted != null) {
      ended = counted;
      tell();
    }
  }

  private FileCount find(
      Seq<AccumulableInfo> accumulables,
      java.util.function.Function<AccumulableInfo, Option<Object>> figure) {
    for (AccumulableInfo info : JavaConverters.seqAsJavaList(accumulables)) {
      if (info.id() == accumulator && figure.apply(info).isDefined()) {
        return (FileCount) figure.apply(info).get();
      }
    }
    return null;
  }

  private void tell() {
    told.accept(running.values().stream().reduce(ended, FileCount::plus));
  }
}
