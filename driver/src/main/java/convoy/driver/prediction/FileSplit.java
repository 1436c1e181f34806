package convoy.driver.prediction;

import convoy.driver.files.ListedFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Deals files to tasks so that each has about the same work. The order of the files is kept, so the
 * files of a task lie together.
 */
final class FileSplit {
  /**
   * What a file costs beside its bytes, in bytes: opening it and the forward pass of a small
   * residual network take about as long as decoding this much JPEG.
   */
  private static final long FILE_COST = 16 << 10;

  /**
   * What a task is given at most, where files are small enough: seconds to a few minutes of work.
   */
  private static final long TASK_COST = 64 << 20;

  /** Tasks a processor, so that those who are done early take from those who are late. */
  private static final long WAVES = 4;

  private FileSplit() {}

  /**
   * The number of tasks.
   *
   * @param wanted by the user, or 0
   * @param parallelism tasks that the cluster runs at once
   * @param batchSize images of a forward pass; a task is given at least that many, if there are
   */
  static int tasks(List<ListedFile> files, int wanted, int parallelism, int batchSize) {
    if (wanted > 0) {
      return Math.min(wanted, files.size());
    }
    long cost = files.stream().mapToLong(FileSplit::cost).sum();
    long full = (files.size() + (long) batchSize - 1) / batchSize;
    long tasks = Math.max((cost + TASK_COST - 1) / TASK_COST, Math.min(full, WAVES * parallelism));
    return (int) Math.min(files.size(), tasks);
  }

  /** The files dealt to that many tasks, or fewer where single files outweigh a task's share. */
  static List<FilePartition> deal(List<ListedFile> files, int tasks) {
    double total = files.stream().mapToLong(FileSplit::cost).sum();
    List<FilePartition> partitions = new ArrayList<>();
    List<ListedFile> partition = new ArrayList<>();
    long before = 0;
    int task = 0;
    for (ListedFile file : files) {
      long cost = cost(file);
      int owner = (int) ((before + cost / 2.0) * tasks / total);
      if (owner > task && !partition.isEmpty()) {
        partitions.add(new FilePartition(partition));
        partition = new ArrayList<>();
      }
      task = owner;
      partition.add(file);
      before += cost;
    }
    partitions.add(new FilePartition(partition));
    return partitions;
  }

  private static long cost(ListedFile file) {
    return FILE_COST + file.length();
  }
}
