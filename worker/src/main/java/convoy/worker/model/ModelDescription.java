package convoy.worker.model;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.network.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The content of {@code model.json}: everything about a saved model but its parameters. Numbers and
 * names only; reading one runs no code from the file.
 *
 * @param format always {@value #FORMAT}
 * @param formatVersion the layout of this file, now {@value #FORMAT_VERSION}
 * @param network the architecture's name, for instance {@code resnet-20}
 * @param inputShape of the images that the network takes, RGB in this channel order
 * @param margin pixels on each side of a decoded picture beyond the network's input; absent (0) in
 *     a description from before there was a margin
 * @param fit how a picture of another shape is decoded to that with the margin; absent (stretch) in
 *     a description from before there was a choice
 * @param labels the class names, in the order of the network's outputs
 * @param mean of the training images, one per channel, 0 to 1
 * @param standardDeviation of the training images, one per channel, on the same scale
 * @param parameterCount values in {@code parameters.f32}
 * @param parametersSha256 SHA-256 of {@code parameters.f32}, in hexadecimal
 * @param test how well the model did on the test set
 * @param provenance where the model comes from
 */
public record ModelDescription(
    String format,
    int formatVersion,
    String network,
    ImageShape inputShape,
    Integer margin,
    Fit fit,
    List<String> labels,
    List<Float> mean,
    List<Float> standardDeviation,
    int parameterCount,
    String parametersSha256,
    TestResult test,
    Provenance provenance) {
  /** What the field {@code format} says. */
  public static final String FORMAT = "convoy-model";

  /** The layout that this version writes, and the only one that it reads. */
  public static final int FORMAT_VERSION = 1;

  /** Fills in what older descriptions do not say. */
  public ModelDescription {
    margin = margin == null ? 0 : margin;
    fit = fit == null ? Fit.STRETCH : fit;
  }

  /**
   * How well the model did on the test set.
   *
   * @param count images evaluated, all of them
   * @param correct images classified rightly
   * @param accuracy correct / count, 0 to 1
   * @param loss mean cross-entropy in nats
   * @param macroRecall mean of the recall of each class, 0 to 1; null in a description from before
   *     it was measured
   * @param macroF1 mean of the F1 of each class, likewise
   * @param testTimeFlip whether the network looked at mirror images too ({@link
   *     convoy.worker.engine.TestTimeFlip})
   */
  public record TestResult(
      long count,
      long correct,
      double accuracy,
      double loss,
      Double macroRecall,
      Double macroF1,
      Boolean testTimeFlip) {
    /** A description that does not say is from before there was a test-time flip. */
    public TestResult {
      testTimeFlip = Boolean.TRUE.equals(testTimeFlip);
    }
  }

  /**
   * Where the model comes from.
   *
   * @param trainedAt when the training run ended, ISO 8601, UTC
   * @param versions of Convoy and of what it ran on, by name
   * @param configuration every setting of the training run, by block and name
   * @param resultSettings those that determine the parameters, by key; null in a description from
   *     before they were kept
   * @param dataUri the data set's directory
   * @param dataFingerprint SHA-256 over the data set's records
   * @param seed the training's seed
   * @param epochs passes over the training images
   */
  public record Provenance(
      String trainedAt,
      Map<String, String> versions,
      Map<String, Object> configuration,
      Map<String, String> resultSettings,
      String dataUri,
      String dataFingerprint,
      long seed,
      int epochs) {}

  /** The description of {@code model}. */
  public static ModelDescription of(InferenceModel model, TestResult test, Provenance provenance) {
    Preprocessing preprocessing = model.preprocessing();
    Normalization normalization = preprocessing.normalization();
    return new ModelDescription(
        FORMAT,
        FORMAT_VERSION,
        model.network().name(),
        model.inputShape(),
        preprocessing.margin(),
        preprocessing.fit(),
        model.labels(),
        list(normalization.mean()),
        list(normalization.standardDeviation()),
        model.parameters().length,
        FloatVector.sha256(FloatVector.toBytes(model.parameters())),
        test,
        provenance);
  }

  /**
   * The model that this describes, with its parameters.
   *
   * @throws IllegalArgumentException if the description contradicts itself
   */
  public InferenceModel withParameters(float[] parameters) {
    ImageShape storedShape = inputShape.withMargin(margin);
    return new InferenceModel(
        new NetworkSpec(network, inputShape, labels.size()),
        labels,
        new Preprocessing(
            storedShape, margin, fit, new Normalization(toArray(mean), toArray(standardDeviation))),
        parameters);
  }

  private static List<Float> list(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }

  private static float[] toArray(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
