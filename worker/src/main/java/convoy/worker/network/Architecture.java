package convoy.worker.network;

import convoy.worker.image.ImageShape;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/** A family of networks: it turns a {@link NetworkSpec} into a DL4J configuration. */
public interface Architecture {
  /**
   * Checks that the network accepts images of this shape.
   *
   * @throws IllegalArgumentException with the shapes that it does accept
   */
  void check(ImageShape inputShape);

  /** The DL4J definition of {@code network}. */
  ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed);

  /**
   * The architecture of that name: {@code resnet-N} for N = 6n+2, {@code vgg-16} or {@code
   * cifar10-quick}.
   *
   * @throws IllegalArgumentException with the rule, for any other name
   */
  static Architecture named(String name) {
    Matcher resnet = RESNET.matcher(name.toLowerCase(Locale.ROOT));
    if (resnet.matches()) {
      return ResidualNetwork.ofDepth(Integer.parseInt(resnet.group(1)));
    }
    if (name.equalsIgnoreCase("vgg-16")) {
      return new Vgg();
    }
    if (name.equalsIgnoreCase("cifar10-quick")) {
      return new Cifar10Quick();
    }
    throw new IllegalArgumentException(
        "Cannot build a network named '%s': there are resnet-N (N = 6n+2: 20, 32, 44, 56, 110, 1202), vgg-16 and cifar10-quick"
            .formatted(name));
  }

  /** {@code resnet-N}. */
  Pattern RESNET = Pattern.compile("resnet-([0-9]{1,6})");
}
