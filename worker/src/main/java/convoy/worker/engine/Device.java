package convoy.worker.engine;

/** A kind of device that an engine computes on. */
public enum Device {
  /** The processor of the machine. */
  PROCESSOR,
  /** A graphics processor; {@link Gpu} says which. */
  GPU
}
