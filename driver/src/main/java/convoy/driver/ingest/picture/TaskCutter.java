package convoy.driver.ingest.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a list of files into tasks, in order, by their number and bytes alone: whatever cluster runs
 * them, the same pictures come together in one file of records.
 */
final class TaskCutter {
  /** What a file costs beside its bytes, in bytes: opening it, and decoding a small picture. */
  private static final long FILE_COST = 16 << 10;

  /** Some seconds of decoding; two such tasks keep two processors busy with a small set. */
  private static final long LEAST_TASK_COST = 4 << 20;

  /** Beyond so many tasks they grow instead; each writes up to three files of records. */
  private static final long MOST_TASKS = 1000;

  private TaskCutter() {}

  /** The tasks; none is empty. */
  static List<PictureTask> cut(List<LabelledFile> files) {
    long total = files.stream().mapToLong(TaskCutter::cost).sum();
    long share = Math.max(LEAST_TASK_COST, total / MOST_TASKS + 1);
    List<PictureTask> tasks = new ArrayList<>();
    List<LabelledFile> task = new ArrayList<>();
    long cost = 0;
    for (LabelledFile file : files) {
      task.add(file);
      cost += cost(file);
      if (cost >= share) {
        tasks.add(new FilesTask(task));
        task = new ArrayList<>();
        cost = 0;
      }
    }
    if (!task.isEmpty()) {
      tasks.add(new FilesTask(task));
    }
    return tasks;
  }

  private static long cost(LabelledFile file) {
    return FILE_COST + file.file().length();
  }
}
