package convoy.worker.engine;

import convoy.worker.image.minibatch.Minibatch;

/** A network with fixed parameters that predicts. Used by one thread at a time. */
public interface InferenceNetwork extends AutoCloseable {
  /**
   * The class probabilities of each image.
   *
   * @return float32 {@code [count * classes]}, image by image, in an array of its own; each image's
   *     sum to 1
   */
  float[] predict(Minibatch minibatch);

  /** Frees its memory. */
  @Override
  void close();
}
