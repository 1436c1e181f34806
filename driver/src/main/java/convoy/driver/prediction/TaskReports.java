package convoy.driver.prediction;

import java.io.Serializable;
import org.apache.spark.SparkContext;

/**
 * What the tasks of a prediction job report beside the rows that they write.
 *
 * @param done files, in part while a task runs
 * @param examples files worth a look, when a task ends
 */
record TaskReports(SumAccumulator<FileCount> done, SumAccumulator<Examples> examples)
    implements Serializable {
  /** The reports of tasks that are yet to run on that cluster. */
  static TaskReports on(SparkContext spark) {
    TaskReports reports =
        new TaskReports(new SumAccumulator<>(FileCount.NONE), new SumAccumulator<>(Examples.NONE));
    spark.register(reports.done, "files");
    // Without a name, Spark's UI and event log keep no copy per task.
    spark.register(reports.examples);
    return reports;
  }
}
