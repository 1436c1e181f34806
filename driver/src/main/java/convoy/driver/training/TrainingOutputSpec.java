package convoy.driver.training;

import convoy.driver.store.OutputSpec;

/**
 * Where a training run writes, and what becomes of an earlier one there.
 *
 * @param directory that it writes, and whether what is in it is replaced
 * @param resume whether it goes on with what is in it
 */
public record TrainingOutputSpec(OutputSpec directory, Resume resume) {
  /** Where, as a Hadoop URI. */
  String path() {
    return directory.path();
  }

  boolean overwrite() {
    return directory.overwrite();
  }
}
