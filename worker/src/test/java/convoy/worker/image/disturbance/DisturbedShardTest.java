package convoy.worker.image.disturbance;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DisturbedShardTest {
  private static final int PIXELS = 3 * 32 * 32;

  private static byte[] read(ImageShard shard, int index) {
    byte[] pixels = new byte[PIXELS];
    shard.read(index, pixels);
    return pixels;
  }

  private static ImageShard part(PackedImages whole, int from, int to) {
    return new PackedImages(
        whole.shape(),
        Arrays.copyOfRange(whole.pixels(), from * PIXELS, to * PIXELS),
        Arrays.copyOfRange(whole.labels(), from, to));
  }

  @ParameterizedTest
  @EnumSource
  void images_areDisturbedByTheirNumberInTheSplit_howeverItIsDivided(Disturbance kind) {
    PackedImages whole = RandomImages.shard(4, 9);
    ImageShard disturbed = new DisturbedShard(whole, 0, kind, 3, 7, 0);
    ImageShard rest = new DisturbedShard(part(whole, 5, 9), 0, kind, 3, 7, 5);

    assertThat(rest.count()).isEqualTo(4);
    assertThat(rest.shape()).isEqualTo(whole.shape());
    for (int i = 0; i < 4; i++) {
      assertThat(rest.label(i)).isEqualTo(whole.label(5 + i));
      assertThat(read(rest, i))
          .isEqualTo(read(disturbed, 5 + i))
          .isEqualTo(kind.applyTo(read(whole, 5 + i), whole.shape(), 3, 7, 5 + i));
    }
  }

  @Test
  void margin_isNotDisturbed_norSeenByTheDisturbance() {
    PackedImages whole = RandomImages.shard(4, 2);
    byte[] stored = read(whole, 1);
    byte[] disturbed = read(new DisturbedShard(whole, 5, Disturbance.SHIFT, 5, 7, 0), 1);
    ImageShape seen = new ImageShape(3, 22, 22);
    byte[] middle = new byte[seen.pixels()];
    for (int i = 0; i < middle.length; i++) {
      middle[i] = stored[i / 484 * 1024 + (5 + i / 22 % 22) * 32 + 5 + i % 22];
    }
    byte[] expected = Disturbance.SHIFT.applyTo(middle, seen, 5, 7, 1);

    for (int i = 0; i < PIXELS; i++) {
      int y = i / 32 % 32 - 5;
      int x = i % 32 - 5;
      boolean isSeen = y >= 0 && y < 22 && x >= 0 && x < 22;
      assertThat(disturbed[i])
          .isEqualTo(isSeen ? expected[i / 1024 * 484 + y * 22 + x] : stored[i]);
    }
  }
}
