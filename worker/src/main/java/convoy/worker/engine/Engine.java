package convoy.worker.engine;

import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;

/** Runs networks: opens them for training or for prediction on this process's processor. */
public interface Engine {
  /** The name it is chosen by, for instance {@code dl4j}. */
  String name();

  /**
   * Opens a network for training, with initial parameters.
   *
   * @param batchSize the largest minibatch that it will be given
   * @param seed of the parameters' initialization: the same seed, the same parameters
   */
  TrainingNetwork openTraining(TrainingSpec training, int batchSize, long seed);

  /**
   * Opens a network for prediction with trained parameters.
   *
   * @param parameters the flat vector, as {@link TrainingNetwork#parameters()} gives it
   * @param batchSize the largest minibatch that it will be given
   * @throws IllegalArgumentException if the network has another number of parameters
   */
  InferenceNetwork openInference(NetworkSpec network, float[] parameters, int batchSize);
}
