package convoy.worker.engine.dl4j;

/**
 * A graphics processor as its driver describes it.
 *
 * @param name for instance {@code Tesla T4}
 * @param major of its compute capability
 * @param minor of its compute capability
 */
record GpuModel(String name, int major, int minor) {
  /** ND4J's CUDA 11.6 build holds machine code from this compute capability, times ten, ... */
  private static final int LOWEST_CAPABILITY = 37;

  /** ... up to 8.6, which all of generation 8 runs, and nothing that later ones could translate. */
  private static final int FIRST_GENERATION_BEYOND = 9;

  /** Whether ND4J's CUDA backend has code for it: compute capability 3.7 to 8.x. */
  boolean isSupported() {
    return major * 10 + minor >= LOWEST_CAPABILITY && major < FIRST_GENERATION_BEYOND;
  }

  @Override
  public String toString() {
    return "%s (compute capability %d.%d)".formatted(name, major, minor);
  }
}
