package convoy.driver.monitoring.history;

/**
 * Something that went wrong on the cluster, or was made good again.
 *
 * @param time milliseconds since 1970
 * @param kind what
 * @param text one line that says which, where and why
 */
public record Mishap(long time, Kind kind, String text) {
  /** What it was. */
  public enum Kind {
    /** A task failed; Spark runs it again, or gives the stage up. */
    TASK_FAILED,
    /** An executor is gone. */
    EXECUTOR_LOST,
    /** A stage is run again, as for blocks that went with an executor. */
    STAGE_RETRIED
  }
}
