package convoy.driver.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.engine.GpuModel;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceCheckTest {
  private static final SparkConf WITHOUT = new SparkConf(false);
  private static final SparkConf WITH =
      new SparkConf(false).set("spark.task.resource.gpu.amount", "1");

  @Test
  void auto_followsWhatSparkAssigns_andCpuIsAlwaysCpu() {
    assertThat(DeviceCheck.wantsGpu("auto", WITH)).isTrue();
    assertThat(DeviceCheck.wantsGpu("auto", WITHOUT)).isFalse();
    assertThat(DeviceCheck.wantsGpu("cpu", WITH)).isFalse();
    assertThat(DeviceCheck.wantsGpu("gpu", WITH)).isTrue();
  }

  @Test
  void gpu_thatSparkDoesNotAssign_isRefusedWithTheSettings() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> DeviceCheck.wantsGpu("gpu", WITHOUT))
        .withMessageContaining("engine.device is gpu, and Spark assigns none to the tasks")
        .withMessageContaining("spark.task.resource.gpu.amount")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @ParameterizedTest
  @CsvSource({"3, 5, false", "3, 7, true", "7, 5, true", "8, 6, true", "8, 9, true", "9, 0, false"})
  void gpu_isSupported_fromKeplerToAda(int major, int minor, boolean supported) {
    assertThat(new GpuModel("X", major, minor).isSupported()).isEqualTo(supported);
  }

  @Test
  void obstacles_areNamed_eachWithItsHost() {
    GpuModel[] none = {};
    GpuModel[] ampereAndHopper = {new GpuModel("A10", 8, 6), new GpuModel("H100", 9, 0)};

    assertThat(new DeviceReport("h", true, ampereAndHopper, 0).obstacle()).isEmpty();
    assertThat(new DeviceReport("h", true, ampereAndHopper, -1).obstacle())
        .hasValue("Spark assigned no GPU to a task on h");
    assertThat(new DeviceReport("h", false, none, 0).obstacle().orElseThrow())
        .startsWith("ND4J found no CUDA backend on h");
    assertThat(new DeviceReport("h", true, ampereAndHopper, 2).obstacle())
        .hasValue("Spark assigned GPU 2 on h, where ND4J sees 2");
    assertThat(new DeviceReport("h", true, ampereAndHopper, 1).obstacle())
        .hasValue(
            "GPU 1 on h is a H100 (compute capability 9.0), and ND4J's CUDA 11.6 has code for 3.7 to 8.9 only");
  }

  @Test
  void address_isTheFirstThatSparkGaveTheTask() {
    assertThat(
            TaskDevice.assigned(
                Map.of("gpu", new ResourceInformation("gpu", new String[] {"3", "1"}))))
        .hasValue(3);
    assertThat(TaskDevice.assigned(Map.of())).isEmpty();
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                TaskDevice.assigned(
                    Map.of("gpu", new ResourceInformation("gpu", new String[] {"GPU-8a1"}))))
        .withMessageStartingWith("Cannot compute on the GPU \"GPU-8a1\": its address is no number");
  }
}
