package convoy.driver.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;

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

  @Test
  void task_withoutAGpu_isNamedWithItsHost() {
    assertThat(DeviceReport.withoutGpu("h").obstacle())
        .isEqualTo("Spark assigned no GPU to a task on h");
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
        .withMessageStartingWith(
            "Cannot compute on the GPU \"GPU-8a1\": its address is not a number");
  }
}
