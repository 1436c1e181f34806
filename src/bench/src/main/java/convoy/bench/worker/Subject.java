package convoy.bench.worker;

/** A network in a process of its own, ready to be timed. */
public interface Subject {
  /** What runs it, with its version. */
  String version();

  /**
   * Values that training changes: trainable parameters and the running statistics of batch
   * normalization. Equal for the same network whatever runs it.
   */
  long values();

  /** One step on one minibatch: the thing that is timed. */
  void step();
}
