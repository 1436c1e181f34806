package convoy.driver.sweep;

import convoy.driver.training.TrainingOutputSpec;
import convoy.driver.training.TrainingRunSpec;
import java.util.Map;

/**
 * One training run of a sweep.
 *
 * @param point the keys it varies, with their values
 * @param seed of the run
 * @param name its folder under {@value #FOLDER}/
 * @param data the image set's directory, a Hadoop URI
 * @param spec of the run
 * @param output where it writes
 */
public record SweepRun(
    Map<String, String> point,
    long seed,
    String name,
    String data,
    TrainingRunSpec spec,
    TrainingOutputSpec output) {
  /** Where the folders of the runs are, in the sweep's output. */
  public static final String FOLDER = "runs";
}
