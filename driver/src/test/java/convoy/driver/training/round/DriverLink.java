package convoy.driver.training.round;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockUpdatedInfo;

/** Counts what passes between the driver and the executors: broadcasts, once, and task results. */
final class DriverLink extends SparkListener {
  private long bytes;

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    bytes += task.taskMetrics().resultSize();
  }

  /**
   * A broadcast's pieces, as they leave the driver; the value itself is a block of another name.
   */
  @Override
  public synchronized void onBlockUpdated(SparkListenerBlockUpdated event) {
    BlockUpdatedInfo block = event.blockUpdatedInfo();
    // A block that is dropped is told of with its size, too.
    if (block.storageLevel().isValid()
        && block.blockManagerId().isDriver()
        && block.blockId().name().contains("_piece")) {
      bytes += block.memSize() + block.diskSize();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
