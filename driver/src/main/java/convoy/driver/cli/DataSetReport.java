package convoy.driver.cli;

import convoy.driver.data.DataSetSummary;
import convoy.worker.image.Split;

/** What a command that wrote a data set tells the user. */
final class DataSetReport {
  private DataSetReport() {}

  static String of(String done, DataSetSummary summary) {
    return "%s %d training and %d test images of %d classes to %s"
        .formatted(
            done,
            summary.images(Split.TRAINING),
            summary.images(Split.TEST),
            summary.classNames().size(),
            summary.location());
  }
}
