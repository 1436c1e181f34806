package convoy.worker.engine.dl4j;

import convoy.worker.engine.GpuModel;
import convoy.worker.network.Dl4jRuntime;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;

/** The devices that ND4J computes on in this process. */
public final class Dl4jDevices {
  static {
    Dl4jRuntime.prepare();
  }

  private Dl4jDevices() {}

  /** Whether ND4J has chosen its CUDA backend; otherwise it computes on the processor. */
  public static boolean isCuda() {
    return "CUDA"
        .equalsIgnoreCase(Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));
  }

  /** The GPUs that the CUDA backend sees, in the order of their addresses; empty without it. */
  public static List<GpuModel> gpus() {
    if (!isCuda()) {
      return List.of();
    }
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    List<?> devices = (List<?>) environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY);
    return devices.stream().map(device -> gpu((Map<?, ?>) device)).toList();
  }

  /**
   * Makes this thread compute on the GPU at {@code address}, from 0. Call it before any array is
   * made. On the CPU backend it does nothing.
   */
  public static void pin(int address) {
    if (isCuda()) {
      Nd4j.getAffinityManager().unsafeSetDevice(address);
    }
  }

  private static GpuModel gpu(Map<?, ?> device) {
    return new GpuModel(
        String.valueOf(device.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)),
        ((Number) device.get(Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY)).intValue(),
        ((Number) device.get(Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY)).intValue());
  }
}
