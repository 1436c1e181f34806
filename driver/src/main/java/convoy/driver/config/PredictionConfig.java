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
        reader.key("prediction.model-path").text(),
        reader.key("prediction.images-path").text(),
        reader.key("prediction.output-path").text(),
        reader.key("prediction.format").choice(PredictionFormat.class),
        reader.key("prediction.top-k").wholeNumber(1, 1000),
        reader.key("prediction.batch-size").wholeNumber(1, 65_536),
        TestTimeFlip.of(reader.key("prediction.test-time-flip").flag()),
        reader.key("prediction.max-pixels").wholeNumber(1L, 1_000_000_000L),
        reader.key("prediction.max-unreadable-share").number(0, 1),
        reader.key("prediction.partitions").wholeNumber(0, 100_000),
        reader.key("prediction.labelled").flag(),
        reader.key("prediction.overwrite").flag());
  }
}
