package convoy.driver.device;

/**
 * What runs the network on the executors.
 *
 * @param name of an engine, or {@link #AUTO}
 * @param device auto, cpu or gpu
 * @param threads threads of one replica's native operations, 1 or more
 */
public record EngineSpec(String name, String device, int threads) {
  /** Asks for the fastest engine that can run the network on the device. */
  public static final String AUTO = "auto";
}
