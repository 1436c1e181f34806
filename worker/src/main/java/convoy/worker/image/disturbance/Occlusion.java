package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;
import java.util.Arrays;
import java.util.Random;

/**
 * Covers a part of an image by an even grey. The part has the image's proportions, to whole pixels,
 * and lies wholly in the image at a place that is drawn; a larger one covers what a smaller one
 * does.
 */
final class Occlusion implements Effect {
  private static final byte GREY = (byte) 128;

  @Override
  public byte[] apply(byte[] pixels, ImageShape shape, double share, Random random) {
    int height = Math.toIntExact(Math.round(shape.height() * Math.sqrt(share)));
    int width = Math.toIntExact(Math.round(shape.width() * Math.sqrt(share)));
    int top = (int) (random.nextDouble() * (shape.height() - height + 1));
    int left = (int) (random.nextDouble() * (shape.width() - width + 1));
    byte[] covered = pixels.clone();
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = top; y < top + height; y++) {
        int start = (channel * shape.height() + y) * shape.width() + left;
        Arrays.fill(covered, start, start + width, GREY);
      }
    }
    return covered;
  }
}
