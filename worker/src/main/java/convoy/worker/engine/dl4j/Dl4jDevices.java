package convoy.worker.engine.dl4j;

import convoy.worker.engine.Gpu;
import convoy.worker.network.Dl4jRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The devices that ND4J computes on in a process.
 *
 * @param cuda whether ND4J has chosen its CUDA backend; otherwise it computes on the processor
 * @param gpus those that the CUDA backend sees, in the order of their addresses
 */
record Dl4jDevices(boolean cuda, List<GpuModel> gpus) {
  static {
    Dl4jRuntime.prepare();
  }

  /** Those of this process. */
  static Dl4jDevices ofThisProcess() {
    if (!isCuda()) {
      return new Dl4jDevices(false, List.of());
    }
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    List<?> devices = (List<?>) environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY);
    return new Dl4jDevices(
        true, devices.stream().map(device -> model((Map<?, ?>) device)).toList());
  }

  /** Whether ND4J has chosen its CUDA backend in this process. */
  static boolean isCuda() {
    return "CUDA"
        .equalsIgnoreCase(Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));
  }

  private static GpuModel model(Map<?, ?> device) {
    return new GpuModel(
        String.valueOf(device.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)),
        ((Number) device.get(Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY)).intValue(),
        ((Number) device.get(Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY)).intValue());
  }

  /** Why ND4J cannot compute on {@code gpu}; empty if it can. */
  Optional<String> obstacle(Gpu gpu) {
    if (!cuda) {
      return Optional.of(
          "ND4J found no CUDA backend on %s (build with -Pcuda; CUDA 11.6 must be installed there)"
              .formatted(gpu.host()));
    }
    if (gpu.address() >= gpus.size()) {
      return Optional.of("there is no %s, where ND4J sees %d".formatted(gpu, gpus.size()));
    }
    GpuModel model = gpus.get(gpu.address());
    return model.isSupported()
        ? Optional.empty()
        : Optional.of(
            "%s is a %s, and ND4J's CUDA 11.6 has code for 3.7 to 8.9 only".formatted(gpu, model));
  }
}
