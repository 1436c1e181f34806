package convoy.driver.config;

import convoy.worker.engine.TestTimeFlip;

/**
 * The classification of a directory of images.
 *
 * @param modelPath directory of a published model, a Hadoop URI; empty if not given
 * @param imagesPath directory of image files, a Hadoop URI; empty if not given
 * @param outputPath directory for the predictions, a Hadoop URI; empty if not given
 * @param format file format of the predictions
 * @param topK classes listed for each image, 1 or more
 * @param batchSize images of one forward pass, 1 or more
 * @param testTimeFlip whether the network looks at mirror images too
 * @param maxPixels width x height above which an image is refused, 1 or more
 * @param maxUnreadableShare share of unreadable images above which the command fails, 0 to 1
 * @param partitions tasks that the files are divided into, 0 to choose by their number and size
 * @param labelled whether an image's folder is its class
 * @param overwrite whether existing predictions are replaced
 */
public record PredictionConfig(
    String modelPath,
    String imagesPath,
    String outputPath,
    PredictionFormat format,
    int topK,
    int batchSize,
    TestTimeFlip testTimeFlip,
    long maxPixels,
    double maxUnreadableShare,
    int partitions,
    boolean labelled,
    boolean overwrite) {
  static PredictionConfig read(ConfigReader reader) {
    return new PredictionConfig(
        reader.text("prediction.model-path"),
        reader.text("prediction.images-path"),
        reader.text("prediction.output-path"),
        reader.choice("prediction.format", PredictionFormat.class),
        reader.wholeNumber("prediction.top-k", 1, 1000),
        reader.wholeNumber("prediction.batch-size", 1, 65_536),
        TestTimeFlip.of(reader.flag("prediction.test-time-flip")),
        reader.wholeNumber("prediction.max-pixels", 1L, 1_000_000_000L),
        reader.number("prediction.max-unreadable-share", 0, 1),
        reader.wholeNumber("prediction.partitions", 0, 100_000),
        reader.flag("prediction.labelled"),
        reader.flag("prediction.overwrite"));
  }
}
