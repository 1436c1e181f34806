package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;
import convoy.worker.random.Seed;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The kinds of disturbances under which a network is tested, each in strengths 1 to 5: the table of
 * what a strength means. Lengths are shares of the image's shorter side, so that a strength means
 * the same at every size. Where a kind has its figures from CIFAR-10-C, at 32 x 32 pixels they are
 * those of the file {@code ImageNet-C/create_c/make_cifar_c.py} of github.com/hendrycks/robustness
 * (Hendrycks and Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions and
 * Perturbations", 2019). The other figures are Convoy's own.
 *
 * <p>A disturbance is a pure function of the image, the seed and the image's number. What is drawn
 * for an image, such as a direction, is the same at all strengths: accuracies at two strengths
 * differ by the strength alone.
 */
@SuppressWarnings("ImmutableEnumChecker") // Effects hold no state; the array is not given out.
public enum Disturbance {
  /** Turned about its middle to either side; the figures are Convoy's own. */
  ROTATION("degrees", "Convoy", new Rotation(), 5, 10, 15, 22, 30),

  /** Lighter or darker, by the amounts by which CIFAR-10-C's {@code brightness} is lighter. */
  LIGHT("share of the range", "CIFAR-10-C brightness", new Light(), 0.05, 0.1, 0.15, 0.2, 0.3),

  /** With the standard deviations of CIFAR-10-C's {@code gaussian_noise}. */
  NOISE(
      "standard deviation as a share of the range",
      "CIFAR-10-C gaussian_noise",
      new GaussianNoise(),
      0.04,
      0.06,
      0.08,
      0.09,
      0.1),

  /** With those of CIFAR-10-C's {@code gaussian_blur}: 0.4, 0.6, 0.7, 0.8 and 1 of 32 pixels. */
  BLUR(
      "standard deviation as a share of the shorter side",
      "CIFAR-10-C gaussian_blur",
      new GaussianBlur(),
      0.0125,
      0.01875,
      0.021875,
      0.025,
      0.03125),

  /**
   * A grey rectangle of the image's proportions somewhere in it, whose sides are 4/16, 6/16, 8/16,
   * 9/16 and 10/16 of the image's; the figures are Convoy's own.
   */
  OCCLUSION(
      "share of the area", "Convoy", new Occlusion(), 0.0625, 0.140625, 0.25, 0.31640625, 0.390625),

  /** Along both sides: 1, 2, 3, 4 and 6 of 32 pixels; the figures are Convoy's own. */
  SHIFT(
      "share of the shorter side", "Convoy", new Shift(), 0.03125, 0.0625, 0.09375, 0.125, 0.1875),

  /** Written and read back with the qualities of CIFAR-10-C's {@code jpeg_compression}. */
  JPEG("quality", "CIFAR-10-C jpeg_compression", new JpegCompression(), 80, 65, 58, 50, 40);

  /** Strengths are 1 to this. */
  public static final int STRENGTHS = 5;

  private final String unit;
  private final String source;
  private final Effect effect;
  private final double[] parameters;

  Disturbance(String unit, String source, Effect effect, double... parameters) {
    this.unit = unit;
    this.source = source;
    this.effect = effect;
    this.parameters = parameters;
  }

  /** The kinds in the order in which they are measured and shown. */
  public static List<Disturbance> all() {
    return List.of(values());
  }

  /** The kind as tables and messages have it, such as {@code rotation}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The unit of {@link #parameter}. */
  public String unit() {
    return unit;
  }

  /** Where the parameters come from. */
  public String source() {
    return source;
  }

  /** What the strength, 1 to {@value #STRENGTHS}, is in the kind's {@link #unit}. */
  public double parameter(int strength) {
    return parameters[strength - 1];
  }

  /**
   * The image under this disturbance.
   *
   * @param pixels uint8 {@code [3][H][W]}, red, green and blue; they are not changed
   * @param strength 1 to {@value #STRENGTHS}
   * @param seed of all draws
   * @param number of the image among those that are disturbed, 0 or more
   */
  public byte[] applyTo(byte[] pixels, ImageShape shape, int strength, long seed, long number) {
    Random random = Seed.random(seed, Seed.Purpose.DISTURBANCE, number, name().hashCode());
    return effect.apply(pixels, shape, parameter(strength), random);
  }
}
