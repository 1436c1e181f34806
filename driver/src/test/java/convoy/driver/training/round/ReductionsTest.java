package convoy.driver.training.round;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.training.TrainingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReductionsTest {
  private static final int VALUES_OF_32_MEGABYTES = 8 << 20;

  private static Reduction chosen(AveragingReduction wanted, int replicas, int values) {
    return Reductions.of(
        wanted, replicas, new TrainingState(new float[values / 4], new float[values / 4 * 3], 0));
  }

  @ParameterizedTest
  @CsvSource({
    // Sizes with Adam, 12 bytes a parameter: resnet-20, googlenet and vgg-16.
    "8, 274042, false",
    "16, 274042, true",
    "4, 7180622, true",
    "3, 15259850, false",
    "4, 15259850, true"
  })
  void auto_isSlicedWhereTheLinkIsSparedEnough(int replicas, long parameters, boolean sliced) {
    assertThat(Reductions.isSliced(AveragingReduction.AUTO, replicas, 12 * parameters))
        .isEqualTo(sliced);
  }

  @Test
  void auto_isSlicedFrom32MegabytesSparedOn() {
    assertThat(chosen(AveragingReduction.AUTO, 5, VALUES_OF_32_MEGABYTES / 4))
        .isInstanceOf(SlicedReduction.class);
    assertThat(chosen(AveragingReduction.AUTO, 5, VALUES_OF_32_MEGABYTES / 4 - 4))
        .isInstanceOf(DirectReduction.class);
  }

  @Test
  void aReductionThatIsAskedFor_isTaken() {
    assertThat(chosen(AveragingReduction.SLICED, 1, 4)).isInstanceOf(SlicedReduction.class);
    assertThat(chosen(AveragingReduction.DIRECT, 8, VALUES_OF_32_MEGABYTES))
        .isInstanceOf(DirectReduction.class);
  }

  @ParameterizedTest
  @CsvSource({
    // At most 4 MiB a slice.
    "2, 183118200, 44",
    // One a replica, to share the work.
    "64, 183118200, 64",
    // But not under 1 MiB.
    "64, 20000000, 20",
    "3, 40, 1",
    // And never more than 200.
    "2, 1660341216, 200",
    "4096, 183118200, 175",
    "4096, 1660341216, 200"
  })
  void slices_areOfASizeThatATaskDoesWellWith(int replicas, long stateBytes, int slices) {
    assertThat(Reductions.slices(replicas, stateBytes)).isEqualTo(slices);
  }
}
