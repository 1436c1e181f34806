package convoy.driver.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorCheckTest {
  @Test
  void asManyThreadsAsCores_areNotWorthAWord_oneMoreIs() {
    assertThat(ProcessorCheck.warning("h", 4, 2, 8)).isEmpty();
    assertThat(ProcessorCheck.warning("h", 3, 3, 8))
        .hasValue(
            "h runs 3 tasks at once with 3 threads each on 8 cores: they will slow each other down (lower engine.threads, or the executors' cores)");
  }

  @Test
  void localMaster_isHeldAgainstTheEnvironment() {
    assertThat(ProcessorCheck.localWarning(2, "2")).isEmpty();
    assertThat(ProcessorCheck.localWarning(2, "1"))
        .hasValue(
            "engine.threads is 2, but with a local master OMP_NUM_THREADS of the environment counts, which is 1 (set it to 2)");
    assertThat(ProcessorCheck.localWarning(1, null).orElseThrow()).contains("which is not set");
  }
}
