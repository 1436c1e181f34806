package convoy.worker.network;

import convoy.worker.image.ImageShape;

/** What sizes of images mean to the networks. */
final class ImageSizes {
  /** The side, in pixels, of the images that networks for ImageNet take. */
  private static final int IMAGENET_PIXELS = 224;

  private ImageSizes() {}

  /**
   * Checks that images can be halved that often.
   *
   * @throws IllegalArgumentException if a side would vanish
   */
  static void requireHalvings(String network, ImageShape shape, int halvings) {
    int side = 1 << halvings;
    if (shape.height() < side || shape.width() < side) {
      throw new IllegalArgumentException(
          "Cannot build %s for images of %s: %d halvings need at least %dx%d pixels (use larger images)"
              .formatted(network, shape, halvings, side, side));
    }
  }

  /** Whether images are that many pixels high and wide. */
  static boolean isSquare(ImageShape shape, int pixels) {
    return shape.height() == pixels && shape.width() == pixels;
  }

  /** Whether images have the 224x224 pixels of the networks for ImageNet. */
  static boolean isImageNetSized(ImageShape shape) {
    return isSquare(shape, IMAGENET_PIXELS);
  }
}
