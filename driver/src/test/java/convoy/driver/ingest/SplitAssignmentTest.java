package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.store.Sha256;
import convoy.worker.image.Split;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitAssignmentTest {
  private static final int PICTURES = 100_000;

  @Test
  void shares_areMetWithinFourBinomialDeviations() {
    Map<Split, Integer> counts = counts(new SplitAssignment(1, 0.1, 0.25));

    assertWithinFourDeviations(counts.get(Split.TEST), 0.25);
    assertWithinFourDeviations(counts.get(Split.VALIDATION), 0.1);
    assertWithinFourDeviations(counts.get(Split.TRAINING), 0.65);
  }

  @Test
  void anotherSeed_choosesIndependently() {
    SplitAssignment one = new SplitAssignment(1, 0, 0.25);
    SplitAssignment other = new SplitAssignment(2, 0, 0.25);
    int both = 0;
    for (int i = 0; i < PICTURES; i++) {
      if (one.of(digest(i), Split.TRAINING) == Split.TEST
          && other.of(digest(i), Split.TRAINING) == Split.TEST) {
        both++;
      }
    }
    assertWithinFourDeviations(both, 0.25 * 0.25);
  }

  @Test
  void largerShare_movesPicturesOutOfTrainingOnly() {
    SplitAssignment small = new SplitAssignment(1, 0.1, 0.2);
    SplitAssignment large = new SplitAssignment(1, 0.3, 0.2);
    for (int i = 0; i < 10_000; i++) {
      Split before = small.of(digest(i), Split.TRAINING);
      Split after = large.of(digest(i), Split.TRAINING);
      assertThat(after == before || (before == Split.TRAINING && after == Split.VALIDATION))
          .isTrue();
    }
  }

  @Test
  void pictureOfAGivenSplit_staysThere() {
    SplitAssignment assignment = new SplitAssignment(1, 0.5, 0.49);
    for (int i = 0; i < 100; i++) {
      assertThat(assignment.of(digest(i), Split.TEST)).isEqualTo(Split.TEST);
      assertThat(assignment.of(digest(i), Split.VALIDATION)).isEqualTo(Split.VALIDATION);
    }
  }

  private static Map<Split, Integer> counts(SplitAssignment assignment) {
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    for (int i = 0; i < PICTURES; i++) {
      counts.merge(assignment.of(digest(i), Split.TRAINING), 1, Integer::sum);
    }
    return counts;
  }

  private static byte[] digest(int picture) {
    return Sha256.of(ByteBuffer.allocate(4).putInt(picture).array());
  }

  private static void assertWithinFourDeviations(int count, double share) {
    double deviation = Math.sqrt(PICTURES * share * (1 - share));
    assertThat((double) count)
        .isBetween(PICTURES * share - 4 * deviation, PICTURES * share + 4 * deviation);
  }
}
