package convoy.worker.image.augmentation;

/**
 * A change of one image's colours: brightness, contrast and saturation, in this order. Each blends
 * the image with another, {@code factor x image + (1 - factor) x other}, clipped to 0 to 255: with
 * black, with an even grey of the image's mean, and with the image in grey. These are torchvision's
 * {@code adjust_brightness}, {@code adjust_contrast} and {@code adjust_saturation}; its {@code
 * ColorJitter} takes them in random order.
 *
 * @param brightness 0 for black, 1 for no change
 * @param contrast 0 for an even grey, 1 for no change
 * @param saturation 0 for grey, 1 for no change
 */
public record ColourFactors(float brightness, float contrast, float saturation) {
  /** No change. */
  public static final ColourFactors NONE = new ColourFactors(1, 1, 1);

  /** The grey of a colour, as ITU-R BT.601 weighs red, green and blue. */
  private static final float RED = 0.299f;

  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  /**
   * Changes an image in place.
   *
   * @param values red, green and blue, {@code [3][plane]} from {@code offset} on, 0 to 255
   */
  public void apply(float[] values, int offset, int plane) {
    if (brightness != 1) {
      blend(values, offset, 3 * plane, brightness, 0);
    }
    if (contrast != 1) {
      double sum = 0;
      for (int i = offset; i < offset + plane; i++) {
        sum += grey(values, i, plane);
      }
      blend(values, offset, 3 * plane, contrast, (float) (sum / plane));
    }
    if (saturation != 1) {
      for (int i = offset; i < offset + plane; i++) {
        float rest = (1 - saturation) * grey(values, i, plane);
        values[i] = clip(saturation * values[i] + rest);
        values[i + plane] = clip(saturation * values[i + plane] + rest);
        values[i + 2 * plane] = clip(saturation * values[i + 2 * plane] + rest);
      }
    }
  }

  private static void blend(float[] values, int offset, int length, float factor, float other) {
    float rest = (1 - factor) * other;
    for (int i = offset; i < offset + length; i++) {
      values[i] = clip(factor * values[i] + rest);
    }
  }

  private static float grey(float[] values, int index, int plane) {
    return RED * values[index] + GREEN * values[index + plane] + BLUE * values[index + 2 * plane];
  }

  private static float clip(float value) {
    return Math.max(0, Math.min(255, value));
  }
}
