package convoy.worker.image.synthesis;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import convoy.worker.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A ten-class image set drawn by the program: endless, balanced, in mixed order.
 *
 * <p>Only shape and texture tell the class. Foreground and background are random colours, so either
 * may be the brighter; place, size and angle are random; light falls off across the image; every
 * pixel has noise. Hence the mean image is the same grey for each class and a linear model on the
 * pixels is of little use, while a small convolutional network learns the classes in a few epochs.
 * Half of the images are mirrored, so that a flip changes no class.
 *
 * <p>Image {@code i} of a split depends on the seed, the split and {@code i} alone. The arithmetic
 * is IEEE and the generator is {@link Random}, whose sequence is part of its contract, so that the
 * bytes are the same on every JVM. An instance holds no state that changes: threads may share it.
 */
public final class SyntheticImages {
  /** The shape of every image. */
  public static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  private static final Motif[] MOTIFS = Motif.values();
  private static final int SIDE = SHAPE.width();
  private static final int COLOURS = SHAPE.channels();

  /** The least distance of foreground and background in the RGB cube of side 255. */
  private static final double LEAST_CONTRAST = 110;

  /** The greatest rise or fall of the light from the middle of the image to an edge, 0 to 255. */
  private static final double LIGHT = 25;

  /** The range of the noise's standard deviation, one draw an image, 0 to 255. */
  private static final double LEAST_NOISE = 5;

  private static final double GREATEST_NOISE = 20;

  /** What a generator draws, its third coordinate: the labels of ten images, or one picture. */
  private static final long LABELS = 0;

  private static final long PICTURE = 1;

  private final long seed;
  private final long split;

  /** The images of one split; two seeds give unrelated images. */
  public SyntheticImages(long seed, Split split) {
    this.seed = seed;
    this.split =
        switch (split) {
          case TRAINING -> 0;
          case TEST -> 1;
          case VALIDATION -> 2;
        };
  }

  /** The names of the ten classes; a label is an index into this list. */
  public static List<String> classNames() {
    return Arrays.stream(MOTIFS).map(Motif::className).toList();
  }

  /**
   * The label of image {@code index}, 0 or more: an index into the class names. Each run of ten
   * images from a multiple of ten has every class once.
   */
  public int label(int index) {
    int ten = index / MOTIFS.length;
    Random random = Seed.random(seed, Seed.Purpose.SYNTHESIS, split, LABELS, ten);
    return Seed.permutation(MOTIFS.length, random)[index % MOTIFS.length];
  }

  /** The pixels of image {@code index}, uint8 {@code [C][H][W]}, red, green and blue. */
  public byte[] pixels(int index) {
    byte[] pixels = new byte[SHAPE.pixels()];
    draw(
        MOTIFS[label(index)],
        Seed.random(seed, Seed.Purpose.SYNTHESIS, split, PICTURE, index),
        pixels);
    return pixels;
  }

  private static void draw(Motif motif, Random random, byte[] pixels) {
    double size = between(random, motif.smallest(), motif.largest());
    double angle = between(random, -motif.turn(), motif.turn());
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    double mirror = random.nextBoolean() ? 1 : -1;
    double margin = Math.min(size, 0.4 * SIDE);
    double centreX = between(random, margin, SIDE - margin);
    double centreY = between(random, margin, SIDE - margin);
    double[] background = colour(random);
    double[] foreground = colour(random);
    while (distance(background, foreground) < LEAST_CONTRAST) {
      foreground = colour(random);
    }
    double lightX = between(random, -LIGHT, LIGHT) / (0.5 * SIDE);
    double lightY = between(random, -LIGHT, LIGHT) / (0.5 * SIDE);
    double noise = between(random, LEAST_NOISE, GREATEST_NOISE);

    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double right = column + 0.5 - centreX;
        double down = row + 0.5 - centreY;
        double x = mirror * (cosine * right + sine * down);
        double y = cosine * down - sine * right;
        double coverage = clamp(0.5 - motif.distance(x, y, size), 1);
        double light = lightX * (column - 0.5 * SIDE) + lightY * (row - 0.5 * SIDE);
        for (int channel = 0; channel < COLOURS; channel++) {
          double paint =
              background[channel] + coverage * (foreground[channel] - background[channel]);
          double value = paint + light + noise * random.nextGaussian();
          pixels[(channel * SIDE + row) * SIDE + column] = (byte) Math.rint(clamp(value, 255));
        }
      }
    }
  }

  private static double between(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static double[] colour(Random random) {
    double[] colour = new double[COLOURS];
    for (int channel = 0; channel < COLOURS; channel++) {
      colour[channel] = between(random, 0, 255);
    }
    return colour;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int channel = 0; channel < COLOURS; channel++) {
      sum += (one[channel] - other[channel]) * (one[channel] - other[channel]);
    }
    return Math.sqrt(sum);
  }

  private static double clamp(double value, double greatest) {
    return Math.max(0, Math.min(greatest, value));
  }
}
