package org.nd4j.nativeblas;

/**
 * The name under which DL4J 1.0.0-M2.1 looks for ND4J's CPU settings. ND4J moved the class in that
 * release and DL4J's oneDNN layer helpers did not follow, so they stay off and ResNet-32 trains
 * about nine times slower (decision 2 in {@code src/docs}). This class answers under the old name;
 * remove it with the first DL4J release whose {@code BaseMKLDNNHelper} asks the new one.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** What {@code BaseMKLDNNHelper} asks, by reflection. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** The one environment of the process. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Whether ND4J's native library was built with oneDNN and may use it. */
    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
