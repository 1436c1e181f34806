package convoy.worker.engine;

import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import java.util.Optional;
import java.util.Set;

/**
 * Runs networks: opens them for training or for prediction. An engine answers for itself: on which
 * devices it computes, and what keeps it from running a network or from using a device.
 */
public interface Engine {
  /** The name it is chosen by, for instance {@code dl4j}. */
  String name();

  /** The kinds of device that it computes on, whether or not this machine has one. */
  Set<Device> devices();

  /** Why it cannot run {@code network} in this process, as a message; empty if it can. */
  Optional<String> obstacle(NetworkSpec network);

  /** Why it cannot compute on {@code gpu} in this process, as half a message; empty if it can. */
  Optional<String> obstacle(Gpu gpu);

  /**
   * Makes this thread compute on the GPU at {@code address}, from 0. Call it before any network is
   * opened. It does nothing where the engine computes on the processor.
   */
  void pin(int address);

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

  /**
   * Measures where the time of a training step goes.
   *
   * @param batchSize images of the step's minibatch
   * @param repetitions steps measured; the figures are medians
   * @return empty if the engine's steps are not made of parts that it could measure
   */
  Optional<StepProfile> profile(TrainingSpec training, int batchSize, int repetitions);
}
