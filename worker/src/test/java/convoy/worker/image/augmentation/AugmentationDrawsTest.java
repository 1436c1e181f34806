package convoy.worker.image.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.augmentation.Augmentation.Flip;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.random.Seed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationDrawsTest {
  private static final Augmentation ALTERNATING =
      new Augmentation(Flip.ALTERNATING, 4, ResizedCrop.NONE, ColourJitter.NONE, 0);
  private static final int COUNT = 400;
  private static final PackedImages IMAGES = RandomImages.shard(1, COUNT);

  private static List<AugmentationDraws.Draw> draws(Augmentation augmentation, int count) {
    AugmentationDraws draws =
        new AugmentationDraws(augmentation, RandomImages.preprocessing(), 1, 1, new Random(1));
    List<AugmentationDraws.Draw> drawn = new ArrayList<>();
    byte[] image = new byte[CifarRecord.PIXEL_BYTES];
    for (int i = 0; i < count; i++) {
      IMAGES.read(i % COUNT, image);
      drawn.add(draws.next(image));
    }
    return drawn;
  }

  /** Which of {@link #IMAGES} are mirrored where they stand in a shard in that order. */
  private static BitSet mirrored(long seed, int epoch, int[] order) {
    AugmentationDraws draws =
        new AugmentationDraws(
            ALTERNATING, RandomImages.preprocessing(), seed, epoch, new Random(100L * epoch));
    BitSet mirrored = new BitSet(COUNT);
    byte[] image = new byte[CifarRecord.PIXEL_BYTES];
    for (int index : order) {
      IMAGES.read(index, image);
      mirrored.set(index, draws.next(image).mirrored());
    }
    return mirrored;
  }

  private static BitSet mirrored(long seed, int epoch) {
    return mirrored(seed, epoch, Seed.permutation(COUNT, new Random(epoch)));
  }

  @Test
  void offsetsAndSides_areAllDrawnEquallyOften() {
    int[] downs = new int[9];
    int[] rights = new int[9];
    int mirrored = 0;
    for (AugmentationDraws.Draw draw :
        draws(new Augmentation(Flip.RANDOM, 4, ResizedCrop.NONE, ColourJitter.NONE, 0), 9000)) {
      downs[draw.crop().top() + 4]++;
      rights[draw.crop().left() + 4]++;
      mirrored += draw.mirrored() ? 1 : 0;
      assertThat(draw.cutout()).isEqualTo(Cutout.NONE);
    }
    // Bounds of five standard deviations of a binomial count.
    for (int offset = 0; offset < 9; offset++) {
      assertThat(downs[offset]).isBetween(850, 1150);
      assertThat(rights[offset]).isBetween(850, 1150);
    }
    assertThat(mirrored).isBetween(4263, 4737);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 32, 40, 64})
  void cutout_coversEachPixelAsOftenAsASquareAroundARandomPixelDoes(int side) {
    int count = 4000;
    int[] covered = new int[32 * 32];
    for (AugmentationDraws.Draw draw :
        draws(
            new Augmentation(Flip.NONE, 0, ResizedCrop.NONE, ColourJitter.NONE, side / 32.0),
            count)) {
      Cutout cutout = draw.cutout();
      assertThat(cutout.top()).isBetween(0, cutout.bottom() - 1);
      assertThat(cutout.left()).isBetween(0, cutout.right() - 1);
      assertThat(cutout.bottom()).isLessThanOrEqualTo(32);
      assertThat(cutout.right()).isLessThanOrEqualTo(32);
      for (int y = cutout.top(); y < cutout.bottom(); y++) {
        for (int x = cutout.left(); x < cutout.right(); x++) {
          covered[y * 32 + x]++;
        }
      }
    }
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        double share = shareOfCentres(side, y) * shareOfCentres(side, x);
        double deviation = Math.sqrt(share * (1 - share) / count);
        assertThat(covered[y * 32 + x] / (double) count)
            .as("%d, %d", y, x)
            .isCloseTo(share, within(5 * deviation + 1e-12));
      }
    }
  }

  /** The share of the 32 places for a centre from which {@code side} pixels reach {@code place}. */
  private static double shareOfCentres(int side, int place) {
    int reaching = 0;
    for (int centre = 0; centre < 32; centre++) {
      int first = centre - side / 2;
      reaching += place >= first && place < first + side ? 1 : 0;
    }
    return reaching / 32.0;
  }

  @Test
  void alternatingFlip_mirrorsAnImageInEveryOtherEpoch_howeverTheImagesAreDealt() {
    BitSet first = mirrored(1, 1);
    for (int epoch = 2; epoch <= 7; epoch++) {
      BitSet expected = (BitSet) first.clone();
      if (epoch % 2 == 0) {
        expected.flip(0, COUNT);
      }
      assertThat(mirrored(1, epoch)).as("epoch %d", epoch).isEqualTo(expected);
    }
  }

  @Test
  void alternatingFlip_mirrorsHalfOfTheImagesInTheFirstEpoch_otherOnesWithAnotherSeed() {
    BitSet first = mirrored(1, 1);
    BitSet other = mirrored(2, 1);

    // Five standard deviations of 400 coins are 50.
    assertThat(first.cardinality()).isBetween(150, 250);
    assertThat(other.cardinality()).isBetween(150, 250);
    other.xor(first);
    assertThat(other.cardinality()).isBetween(150, 250);
  }

  @Test
  void alternatingFlip_leavesTheStreamToTheCrops() {
    List<AugmentationDraws.Draw> alternating = draws(ALTERNATING, COUNT);
    List<AugmentationDraws.Draw> without =
        draws(new Augmentation(Flip.NONE, 4, ResizedCrop.NONE, ColourJitter.NONE, 0), COUNT);

    for (int i = 0; i < COUNT; i++) {
      assertThat(alternating.get(i).crop()).isEqualTo(without.get(i).crop());
    }
  }
}
