package convoy.driver.training;

import java.util.Map;

/**
 * The content of a checkpoint's {@code checkpoint.json}.
 *
 * @param format always {@value #FORMAT}
 * @param formatVersion the layout of a checkpoint, now {@value #FORMAT_VERSION}
 * @param epoch the last epoch that is done
 * @param iteration steps each replica has taken
 * @param parametersSha256 of {@code parameters.f32}
 * @param optimizerSha256 of {@code optimizer.f32}
 * @param settings of the training that determine its result, by key
 */
record CheckpointManifest(
    String format,
    int formatVersion,
    int epoch,
    long iteration,
    String parametersSha256,
    String optimizerSha256,
    Map<String, String> settings) {
  static final String FORMAT = "convoy-checkpoint";
  static final int FORMAT_VERSION = 1;
}
