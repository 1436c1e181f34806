package convoy.driver.cli;

import convoy.driver.data.DataSetSummary;

/** What a command that wrote a data set tells the user. */
final class DataSetReport {
  private DataSetReport() {}

  static String of(String done, DataSetSummary summary) {
    return "%s %d training and %d test images of %d classes to %s"
        .formatted(
            done,
            summary.trainingImages(),
            summary.testImages(),
            summary.classNames().size(),
            summary.location());
  }
}
