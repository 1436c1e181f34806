package convoy.driver.ingest.picture;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.driver.store.Failures;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * The outcome of a task on an executor: a value, or the one line that says what is wrong with its
 * input. Spark would wrap an exception in pages, and try four times.
 */
public final class Attempted<T extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final T value;
  private final String problem;

  private Attempted(T value, String problem) {
    this.value = value;
    this.problem = problem;
  }

  /** Something that a task does with its input. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work. */
    T run() throws IOException;
  }

  /**
   * Does the work.
   *
   * @param source what is read, for the message where it cannot be
   * @throws IOException if a file system is out of reach, so that another attempt may help
   */
  public static <T extends Serializable> Attempted<T> at(String source, Work<T> work)
      throws IOException {
    try {
      return new Attempted<>(work.run(), null);
    } catch (UserException e) {
      return new Attempted<>(null, e.getMessage());
    } catch (IOException e) {
      Failures.requireOfThisFile(e);
      return new Attempted<>(
          null,
          "Cannot import %s: %s (every executor must be able to read it, and to write the output)"
              .formatted(Shown.path(source), Failures.firstLine(e)));
    }
  }

  /**
   * The values of all tasks, in their order.
   *
   * @throws UserException with the first problem, if there is one
   */
  public static <T extends Serializable> List<T> values(List<Attempted<T>> tasks) {
    for (Attempted<T> task : tasks) {
      if (task.problem != null) {
        throw new UserException(ExitCode.INPUT, task.problem);
      }
    }
    return tasks.stream().map(task -> task.value).toList();
  }
}
