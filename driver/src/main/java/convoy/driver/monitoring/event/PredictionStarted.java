package convoy.driver.monitoring.event;

/**
 * The files of a prediction job are listed, and their classification begins.
 *
 * @param time milliseconds since 1970
 * @param network its name, such as resnet-20
 * @param model the model's directory, a URI
 * @param images the directory of the files, a URI
 * @param output the directory of the rows, a URI
 * @param files how many there are
 * @param classes of the model
 * @param labelled whether a file's folder is its class
 */
public record PredictionStarted(
    long time,
    String network,
    String model,
    String images,
    String output,
    long files,
    int classes,
    boolean labelled)
    implements PredictionProgress {}
