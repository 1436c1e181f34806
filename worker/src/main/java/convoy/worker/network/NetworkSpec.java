package convoy.worker.network;

import convoy.worker.image.ImageShape;
import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * Names a network: its architecture, the images that go in and the classes that come out.
 *
 * @param name the architecture, for instance {@code resnet-20}
 * @param inputShape the images' shape
 * @param classes the number of classes, 2 or more
 */
public record NetworkSpec(String name, ImageShape inputShape, int classes) implements Serializable {
  /**
   * Checks that such a network exists.
   *
   * @throws IllegalArgumentException with the rule, if it does not
   */
  public NetworkSpec {
    Architecture.named(name).check(inputShape);
    if (classes < 2) {
      throw new IllegalArgumentException(
          "Cannot classify into %d classes: two or more are needed".formatted(classes));
    }
  }

  /**
   * The DL4J definition: input {@code [N, C, H, W]} normalised, output {@code [N, classes]}
   * probabilities.
   *
   * @param seed of the parameters' initialization
   */
  public ComputationGraphConfiguration configuration(OptimizerSpec optimizer, long seed) {
    return Architecture.named(name).configuration(this, optimizer, seed);
  }
}
