package convoy.driver.training;

import convoy.driver.store.OutputSpec;
import convoy.driver.training.metrics.LogDetail;

/**
 * Where a training run writes, what becomes of an earlier one there, and how it is told of.
 *
 * @param directory that it writes, and whether what is in it is replaced
 * @param resume whether it goes on with what is in it
 * @param logDetail what people are told meanwhile
 */
public record TrainingOutputSpec(OutputSpec directory, Resume resume, LogDetail logDetail) {
  /** Where, as a Hadoop URI. */
  String path() {
    return directory.path();
  }

  boolean overwrite() {
    return directory.overwrite();
  }
}
