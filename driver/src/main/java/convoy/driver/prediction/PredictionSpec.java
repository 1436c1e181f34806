package convoy.driver.prediction;

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
public record PredictionSpec(
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
    boolean overwrite) {}
