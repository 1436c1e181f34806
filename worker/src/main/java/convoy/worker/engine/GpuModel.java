package convoy.worker.engine;

import java.io.Serializable;

/** A graphics processor as its driver describes it. */
public final class GpuModel implements Serializable {
  private static final long serialVersionUID = 1L;

  /** ND4J's CUDA 11.6 build holds machine code from this compute capability, times ten, ... */
  private static final int LOWEST_CAPABILITY = 37;

  /** ... up to 8.6, which all of generation 8 runs, and nothing that later ones could translate. */
  private static final int FIRST_GENERATION_BEYOND = 9;

  private final String name;
  private final int major;
  private final int minor;

  /**
   * A model.
   *
   * @param name for instance {@code Tesla T4}
   * @param major of its compute capability
   * @param minor of its compute capability
   */
  public GpuModel(String name, int major, int minor) {
    this.name = name;
    this.major = major;
    this.minor = minor;
  }

  /** Whether ND4J's CUDA backend has code for it: compute capability 3.7 to 8.x. */
  public boolean isSupported() {
    return major * 10 + minor >= LOWEST_CAPABILITY && major < FIRST_GENERATION_BEYOND;
  }

  @Override
  public String toString() {
    return "%s (compute capability %d.%d)".formatted(name, major, minor);
  }
}
