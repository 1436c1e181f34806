package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.StepProfile;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import org.junit.jupiter.api.Test;

class StepProfilerTest {
  private static final int BATCH = 2;

  /** Of cifar10-quick: multiplications and additions of its three convolutions on one image. */
  private static final double FIRST = 2.0 * 32 * 32 * 32 * 3 * 5 * 5;

  private static final double OTHERS =
      2.0 * 16 * 16 * 32 * 32 * 5 * 5 + 2.0 * 8 * 8 * 64 * 32 * 5 * 5;

  @Test
  void profile_countsTheOperationsOfEachPart_andEndsWithTheOptimizer() {
    NetworkSpec network = new NetworkSpec("cifar10-quick", CifarRecord.SHAPE, CifarRecord.CLASSES);

    StepProfile profile =
        StepProfiler.measure(new TrainingSpec(network, TestGraph.OPTIMIZER, 0, 1), BATCH, 2);

    assertThat(operations(profile, "convolution")).isEqualTo(BATCH * (FIRST + OTHERS));
    assertThat(operations(profile, "convolution weights")).isEqualTo(BATCH * (FIRST + OTHERS));
    // Nobody wants the gradient of an image.
    assertThat(operations(profile, "convolution data")).isEqualTo(BATCH * OTHERS);
    assertThat(profile.parts().get(profile.parts().size() - 1).kind()).isEqualTo("optimizer");
    assertThat(profile.parts()).allMatch(part -> part.milliseconds() > 0);
    assertThat(profile.stepMilliseconds()).isPositive();
    assertThat(profile.peakGigaflopsPerSecond()).isPositive();
    // The images alone take that much.
    assertThat(profile.arenaBytes()).isGreaterThan(BATCH * 3 * 32 * 32 * Float.BYTES);
  }

  private static double operations(StepProfile profile, String kind) {
    return profile.parts().stream()
        .filter(part -> part.kind().equals(kind))
        .mapToDouble(StepProfile.Part::operations)
        .sum();
  }
}
