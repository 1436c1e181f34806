package convoy.bench.worker;

import convoy.worker.image.ImageShape;
import convoy.worker.network.NetworkSpec;

/** The networks that are measured, on images as CIFAR-10 has them or as ImageNet has. */
public final class MeasuredNetwork {
  private static final int CIFAR_PIXELS = 32;
  private static final int CIFAR_CLASSES = 10;
  private static final int IMAGENET_PIXELS = 224;
  private static final int IMAGENET_CLASSES = 1000;

  private MeasuredNetwork() {}

  /**
   * The network of that name for colour images of {@code pixels} rows and columns: 32, with ten
   * classes, or 224, with a thousand.
   *
   * @throws IllegalArgumentException if there is no such network
   */
  public static NetworkSpec of(String name, int pixels) {
    if (pixels != CIFAR_PIXELS && pixels != IMAGENET_PIXELS) {
      throw new IllegalArgumentException(
          "Cannot measure %s at %dx%d pixels: the bench has images of %d and of %d (choose one)"
              .formatted(name, pixels, pixels, CIFAR_PIXELS, IMAGENET_PIXELS));
    }
    int classes = pixels == CIFAR_PIXELS ? CIFAR_CLASSES : IMAGENET_CLASSES;
    return new NetworkSpec(name, new ImageShape(3, pixels, pixels), classes);
  }
}
