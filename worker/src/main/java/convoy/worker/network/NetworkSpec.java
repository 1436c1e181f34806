package convoy.worker.network;

import convoy.worker.image.ImageShape;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * Names a network: its architecture, the images that go in and the classes that come out.
 *
 * @param name the architecture, for instance {@code resnet-20}
 * @param inputShape the images' shape; with the name it chooses the network
 * @param classes the number of classes, 2 or more
 */
public record NetworkSpec(String name, ImageShape inputShape, int classes) implements Serializable {
  /** Parameters do not depend on the optimizer; the plainest one has no state. */
  private static final OptimizerSpec NO_OPTIMIZER = new Sgd(0, 0);

  /**
   * Checks that such a network exists.
   *
   * @throws IllegalArgumentException with the rule, if there is none of that name, or its images
   *     are too small, or its classes too few
   */
  public NetworkSpec {
    NetworkFamily.named(name).architecture(inputShape);
    if (classes < 2) {
      throw new IllegalArgumentException(
          "Cannot classify into %d classes: two or more are needed".formatted(classes));
    }
  }

  /**
   * Checks a name before the images are known: that it names a network for images of some size.
   *
   * @throws IllegalArgumentException with the names or the depths there are, if it does not
   */
  public static void requireName(String name) {
    NetworkFamily.named(name);
  }

  /** All names, as text: {@code resnet-N (N = 6n+2 ...), vgg-N (N = 11 ...), googlenet, ...}. */
  public static String names() {
    return NetworkFamily.list();
  }

  /**
   * The DL4J definition: input {@code [N, C, H, W]} normalised; the first output is {@code [N,
   * classes]} probabilities, and so are any others, of auxiliary classifiers, whose loss has a
   * weight.
   *
   * @param seed of the parameters' initialization
   */
  public ComputationGraphConfiguration configuration(OptimizerSpec optimizer, long seed) {
    return NetworkFamily.named(name).architecture(inputShape).configuration(this, optimizer, seed);
  }

  /** The same definition for a network that only predicts. */
  public ComputationGraphConfiguration configuration() {
    return configuration(NO_OPTIMIZER, 0);
  }

  /** Whether it drops units in training. */
  public boolean hasDropout() {
    return TrainingSpec.dropoutLayers(configuration()).findAny().isPresent();
  }

  /**
   * The length of the flat parameter vector, batch-norm means and variances and auxiliary
   * classifiers included. It is counted from the definition; no parameter is allocated.
   */
  public long parameterCount() {
    return configuration().getVertices().values().stream()
        .mapToLong(vertex -> vertex.numParams(true))
        .sum();
  }
}
