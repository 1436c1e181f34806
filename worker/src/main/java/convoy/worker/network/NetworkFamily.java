package convoy.worker.network;

import convoy.worker.image.ImageShape;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A family of networks: what its members are called, how small their images may be, and how a
 * member is built. {@link #ALL} is the one list of networks; messages and the command line's help
 * are written from it.
 *
 * @param stem of its members' names; the whole name in a family without depths
 * @param depths which depths there are, in words; empty in a family without depths
 * @param hasDepth whether there is a depth, which is 0 in a family without depths
 * @param smallestSide of the images, in pixels
 * @param recipe builds a member
 */
record NetworkFamily(
    String stem, String depths, IntPredicate hasDepth, int smallestSide, Recipe recipe) {
  private static final List<NetworkFamily> ALL =
      List.of(
          new NetworkFamily(
              "resnet",
              "6n+2 from 8 to 1202, or 18, 34, 50, 101 or 152",
              depth ->
                  ThreeGroupResidualNetwork.exists(depth) || FourGroupResidualNetwork.exists(depth),
              32,
              NetworkFamily::residual),
          new NetworkFamily("vgg", "11, 13, 16 or 19", Vgg::exists, 32, Vgg::of),
          new NetworkFamily("googlenet", 32, (depth, shape) -> GoogLeNet.of(shape)),
          new NetworkFamily("cifar10-quick", 8, (depth, shape) -> new Cifar10Quick()));

  /**
   * From this shorter side the networks for ImageNet begin. Their stem makes 16x16 of 64x64 pixels,
   * and their last group 2x2 of that.
   */
  private static final int SMALLEST_FOR_IMAGENET = 64;

  private static final Pattern WITH_DEPTH = Pattern.compile("([a-z]+)-([0-9]{1,6})");

  /** How a member is built. */
  private interface Recipe {
    /** The member of that depth (0 in a family without depths) for images of that shape. */
    Architecture of(int depth, ImageShape inputShape);
  }

  private NetworkFamily(String name, int smallestSide, Recipe recipe) {
    this(name, "", depth -> depth == 0, smallestSide, recipe);
  }

  /** A member of a family: what a name means before the images are known. */
  record Member(NetworkFamily family, int depth) {
    /**
     * The network for images of that shape.
     *
     * @throws IllegalArgumentException if they are too small
     */
    Architecture architecture(ImageShape inputShape) {
      if (Math.min(inputShape.height(), inputShape.width()) < family.smallestSide) {
        throw new IllegalArgumentException(
            "Cannot build %s for images of %s: both sides must have at least %d pixels (use larger images)"
                .formatted(name(), inputShape, family.smallestSide));
      }
      return family.recipe.of(depth, inputShape);
    }

    private String name() {
      return depth == 0 ? family.stem : family.stem + "-" + depth;
    }
  }

  /**
   * The member of that name, in capitals or not.
   *
   * @throws IllegalArgumentException with the names or the depths there are, if there is none
   */
  static Member named(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    for (NetworkFamily family : ALL) {
      if (family.depths.isEmpty() && family.stem.equals(lowerCase)) {
        return new Member(family, 0);
      }
    }
    Matcher withDepth = WITH_DEPTH.matcher(lowerCase);
    if (withDepth.matches()) {
      for (NetworkFamily family : ALL) {
        if (!family.depths.isEmpty() && family.stem.equals(withDepth.group(1))) {
          return family.ofDepth(Integer.parseInt(withDepth.group(2)));
        }
      }
    }
    throw new IllegalArgumentException(
        "Cannot build a network named '%s': there are %s (give one of these)"
            .formatted(name, list()));
  }

  private Member ofDepth(int depth) {
    if (!hasDepth.test(depth)) {
      throw new IllegalArgumentException(
          "Cannot build %s-%d: the depth must be %s (choose such a depth)"
              .formatted(stem, depth, depths));
    }
    return new Member(this, depth);
  }

  /** All names, as text: {@code resnet-N (N = 6n+2 ...), vgg-N (N = 11 ...), googlenet, ...}. */
  static String list() {
    return ALL.stream().map(NetworkFamily::names).collect(Collectors.joining(", "));
  }

  private String names() {
    return depths.isEmpty() ? stem : "%s-N (N = %s)".formatted(stem, depths);
  }

  /**
   * Depths 18, 34, 50, 101 and 152 are the networks for ImageNet, 6n+2 those for CIFAR-10. Depths
   * 50 and 152 are both: those for CIFAR-10 on small images, those for ImageNet on all others.
   */
  private static Architecture residual(int depth, ImageShape inputShape) {
    boolean small = Math.min(inputShape.height(), inputShape.width()) < SMALLEST_FOR_IMAGENET;
    boolean fourGroups =
        small ? !ThreeGroupResidualNetwork.exists(depth) : FourGroupResidualNetwork.exists(depth);
    if (!fourGroups) {
      return ThreeGroupResidualNetwork.of(depth);
    }
    return small
        ? FourGroupResidualNetwork.withSmallStem(depth)
        : FourGroupResidualNetwork.withPapersStem(depth);
  }
}
