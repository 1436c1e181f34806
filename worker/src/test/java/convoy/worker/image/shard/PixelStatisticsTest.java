package convoy.worker.image.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.RandomImages;
import org.junit.jupiter.api.Test;

class PixelStatisticsTest {
  @Test
  void twoImagesOfTwoChannels_haveTheSumsOfTheirBytes() {
    PixelCounter counter = new PixelCounter(new ImageShape(2, 1, 2));
    counter.add(new byte[] {99, 1, 2, (byte) 255, (byte) 254}, 1);
    counter.add(new byte[] {10, 0, 0, 3}, 0);

    PixelStatistics statistics = counter.statistics();

    assertThat(statistics.pixelsPerChannel()).isEqualTo(4);
    assertThat(statistics.sums()).containsExactly(1 + 2 + 10, 255 + 254 + 3);
    assertThat(statistics.squares()).containsExactly(1 + 4 + 100, 255 * 255 + 254 * 254 + 9);
  }

  @Test
  void statisticsMadeOfTheirIntegers_giveTheSameNormalization() {
    PixelStatistics statistics = PixelStatistics.of(RandomImages.shard(1, 20));
    PixelStatistics again =
        new PixelStatistics(statistics.pixelsPerChannel(), statistics.sums(), statistics.squares());

    assertThat(again.normalization().mean()).isEqualTo(statistics.normalization().mean());
    assertThat(again.normalization().standardDeviation())
        .isEqualTo(statistics.normalization().standardDeviation());
  }

  @Test
  void integersThatNoBytesHave_areRefused() {
    long[][] impossible = {{1, 256, 65_536}, {1, 5, 4}, {2, 1, 256}, {-1, 0, 0}, {1, -1, 1}};
    for (long[] integers : impossible) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new PixelStatistics(
                      integers[0], new long[] {integers[1]}, new long[] {integers[2]}))
          .withMessage(
              "Cannot take [%d] and [%d] as sums and sums of squares over %d bytes per channel",
              integers[1], integers[2], integers[0]);
    }
  }
}
