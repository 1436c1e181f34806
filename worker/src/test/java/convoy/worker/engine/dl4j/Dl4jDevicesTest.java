package convoy.worker.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.Gpu;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Dl4jDevicesTest {
  private static final Dl4jDevices AMPERE_AND_HOPPER =
      new Dl4jDevices(true, List.of(new GpuModel("A10", 8, 6), new GpuModel("H100", 9, 0)));

  @ParameterizedTest
  @CsvSource({"3, 5, false", "3, 7, true", "7, 5, true", "8, 6, true", "8, 9, true", "9, 0, false"})
  void gpu_isSupported_fromKeplerToAda(int major, int minor, boolean supported) {
    assertThat(new GpuModel("X", major, minor).isSupported()).isEqualTo(supported);
  }

  @Test
  void obstacles_areNamed_eachWithItsHost() {
    assertThat(AMPERE_AND_HOPPER.obstacle(new Gpu(0, "h"))).isEmpty();
    assertThat(AMPERE_AND_HOPPER.obstacle(new Gpu(1, "h")))
        .hasValue(
            "GPU 1 on h is a H100 (compute capability 9.0), and ND4J's CUDA 11.6 has code for 3.7 to 8.9 only");
    assertThat(AMPERE_AND_HOPPER.obstacle(new Gpu(2, "h")))
        .hasValue("there is no GPU 2 on h, where ND4J sees 2");
    assertThat(new Dl4jDevices(false, List.of()).obstacle(new Gpu(0, "h")))
        .hasValue(
            "ND4J found no CUDA backend on h (build with -Pcuda; CUDA 11.6 must be installed there)");
  }
}
