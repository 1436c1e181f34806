package convoy.worker.image.minibatch;

import convoy.worker.image.ImageShape;
import java.util.Random;

/** Minibatches of any shape for tests: pixels of the standard normal distribution, any labels. */
public final class GaussianImages {
  private GaussianImages() {}

  /** {@code count} images with labels below {@code classes}; the same for the same seed. */
  public static Minibatch minibatch(long seed, ImageShape shape, int classes, int count) {
    Random random = new Random(seed);
    Minibatch minibatch = new Minibatch(shape, count);
    minibatch.count(count);
    for (int i = 0; i < minibatch.images().length; i++) {
      minibatch.images()[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < count; i++) {
      minibatch.labels()[i] = random.nextInt(classes);
    }
    return minibatch;
  }
}
