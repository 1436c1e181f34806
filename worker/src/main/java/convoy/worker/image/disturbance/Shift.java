package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;
import java.util.Random;

/**
 * Moves an image as far to the left or right as up or down, whichever are drawn. It moves by whole
 * pixels and at least one, since anything between two pixels would also be a blur. What is
 * uncovered repeats the border.
 */
final class Shift implements Effect {
  @Override
  public byte[] apply(byte[] pixels, ImageShape shape, double share, Random random) {
    int side = Math.min(shape.height(), shape.width());
    int distance = Math.max(1, Math.toIntExact(Math.round(share * side)));
    int right = random.nextBoolean() ? distance : -distance;
    int down = random.nextBoolean() ? distance : -distance;
    return shifted(pixels, shape, right, down);
  }

  /** The image moved by so many pixels; negative ones move it to the left or up. */
  static byte[] shifted(byte[] pixels, ImageShape shape, int right, int down) {
    byte[] shifted = new byte[pixels.length];
    int at = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < shape.height(); y++) {
        int row = channel * shape.height() + within(y - down, shape.height());
        for (int x = 0; x < shape.width(); x++) {
          shifted[at++] = pixels[row * shape.width() + within(x - right, shape.width())];
        }
      }
    }
    return shifted;
  }

  private static int within(int place, int count) {
    return Math.max(0, Math.min(count - 1, place));
  }
}
