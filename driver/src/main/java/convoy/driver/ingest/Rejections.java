package convoy.driver.ingest;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pictures that could not be read.
 *
 * @param count all of them
 * @param byCode all of them by the code of the reason
 * @param first the first one with its reason; empty if there is none
 */
record Rejections(long count, SortedMap<String, Long> byCode, String first) {
  /** Those of all tasks, in their order. */
  static Rejections of(List<TaskReport> tasks) {
    SortedMap<String, Long> byCode = new TreeMap<>();
    String first = "";
    for (TaskReport task : tasks) {
      task.rejectedCodes().forEach(code -> byCode.merge(code, 1L, Long::sum));
      if (first.isEmpty() && !task.rejected().isEmpty()) {
        first = task.rejected().get(0).first();
      }
    }
    long count = byCode.values().stream().mapToLong(Long::longValue).sum();
    return new Rejections(count, byCode, first);
  }
}
