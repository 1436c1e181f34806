package convoy.worker.engine;

import convoy.worker.image.minibatch.Minibatch;

/**
 * A network that looks at each image and at its mirror image, and gives the mean of both answers.
 */
record MirrorAveragedNetwork(InferenceNetwork network) implements InferenceNetwork {
  @Override
  public float[] predict(Minibatch minibatch) {
    float[] means = network.predict(minibatch);
    float[] ofMirrored = network.predict(minibatch.mirrored());
    for (int i = 0; i < means.length; i++) {
      means[i] = (means[i] + ofMirrored[i]) / 2;
    }
    return means;
  }

  @Override
  public void close() {
    network.close();
  }
}
