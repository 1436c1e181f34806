package convoy.worker.image.decoding;

import convoy.worker.image.Fit;

/**
 * What a resized image shows of one axis of a picture: from sample {@code from / unit} to {@code
 * (from + span) / unit}, exactly. It may begin before the picture's first sample and end behind its
 * last, and lies in the middle in any case, so that turning and mirroring a picture turns and
 * mirrors the result.
 */
record Window(long from, long span, long unit) {
  /**
   * The window of one axis, of {@code source} samples that become {@code target}.
   *
   * <p>With the other axis resized to the whole of its target, this one keeps the aspect ratio if
   * it shows {@code target x otherSource / otherTarget} samples. Cropping does that to the axis
   * that has more, padding to the axis that has fewer.
   */
  static Window of(Fit fit, int source, int target, int otherSource, int otherTarget) {
    long excess = (long) source * otherTarget - (long) otherSource * target;
    boolean keepsAspectRatio =
        switch (fit) {
          case CROP -> excess > 0;
          case PAD -> excess < 0;
          case STRETCH -> false;
        };
    return keepsAspectRatio
        ? new Window(excess, 2L * otherSource * target, 2L * otherTarget)
        : new Window(0, source, 1);
  }
}
