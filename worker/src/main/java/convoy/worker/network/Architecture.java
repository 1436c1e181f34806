package convoy.worker.network;

import convoy.worker.image.ImageShape;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * A network for images of one shape: it turns a {@link NetworkSpec} into a DL4J configuration. The
 * graph's first output is the classification; any others are auxiliary classifiers, which only help
 * to train.
 */
public interface Architecture {
  /** The DL4J definition of {@code network}. */
  ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed);

  /**
   * The architecture of that name for images of that shape: {@code resnet-N}, {@code vgg-N}, {@code
   * googlenet} or {@code cifar10-quick}. The same name may mean different networks at 32x32 and at
   * 224x224 pixels.
   *
   * @throws IllegalArgumentException with the rule, if there is none
   */
  static Architecture of(String name, ImageShape inputShape) {
    Matcher family = WITH_DEPTH.matcher(name.toLowerCase(Locale.ROOT));
    if (family.matches()) {
      int depth = Integer.parseInt(family.group(2));
      return family.group(1).equals("vgg")
          ? Vgg.of(depth, inputShape)
          : residual(depth, inputShape);
    }
    if (name.equalsIgnoreCase("googlenet")) {
      return GoogLeNet.of(inputShape);
    }
    if (name.equalsIgnoreCase("cifar10-quick")) {
      return Cifar10Quick.of(inputShape);
    }
    throw new IllegalArgumentException(
        "Cannot build a network named '%s': there are resnet-N, vgg-11, vgg-13, vgg-16, vgg-19, googlenet and cifar10-quick (give one of these)"
            .formatted(name));
  }

  private static Architecture residual(int depth, ImageShape inputShape) {
    return GraphRecipe.isImageNetSized(inputShape)
        ? ImageNetResidualNetwork.of(depth)
        : ResidualNetwork.of(depth, inputShape);
  }

  /** A family and a depth: {@code resnet-N} or {@code vgg-N}. */
  Pattern WITH_DEPTH = Pattern.compile("(resnet|vgg)-([0-9]{1,6})");
}
