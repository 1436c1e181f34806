package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.ColourJitter;
import convoy.worker.image.augmentation.ResizedCrop;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.Sgd;
import convoy.worker.random.Seed;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundMinibatchesTest {
  private static final long SEED = 11;
  private static final int PARTITION = 3;
  private static final int EPOCH = 5;
  private static final int ROUND = 2;

  @Test
  void randomFlipAndCrop_areDrawnFromTheStreamOfTheRoundAndTheShard() {
    PackedImages shard = RandomImages.shard(1, 29);
    ReplicaTask task =
        new ReplicaTask(
            new TrainingSpec(
                new NetworkSpec("resnet-8", CifarRecord.SHAPE, 10), new Sgd(0, 0), 0, 1),
            "dl4j",
            RandomImages.preprocessing(),
            new Augmentation(Augmentation.Flip.RANDOM, 4, ResizedCrop.NONE, ColourJitter.NONE, 0),
            8,
            LearningRate.constant(0.1, 4),
            SEED);
    // Steps 2 and 3 of the epoch: images 16 to 28 of its order, the last minibatch one of five.
    RoundMinibatches minibatches =
        new RoundMinibatches(task, new Round(EPOCH, ROUND, 2, 2), PARTITION, shard);

    int[] order = Seed.permutation(29, Seed.random(SEED, Seed.Purpose.ORDER, EPOCH, PARTITION));
    Random stream = Seed.random(SEED, Seed.Purpose.AUGMENTATION, EPOCH, ROUND, PARTITION);
    float[][] table = RandomImages.normalization().table();
    int place = 16;
    while (minibatches.hasNext()) {
      Minibatch minibatch = minibatches.next();
      for (int i = 0; i < minibatch.count(); i++, place++) {
        boolean mirrored = stream.nextBoolean();
        int down = stream.nextInt(9) - 4;
        int right = stream.nextInt(9) - 4;
        for (int c = 0; c < 3; c++) {
          for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
              int value = pixel(shard, order[place], c, y + down, (mirrored ? 31 - x : x) + right);
              assertThat(minibatch.images()[((i * 3 + c) * 32 + y) * 32 + x])
                  .isEqualTo(table[c][value]);
            }
          }
        }
      }
    }
    assertThat(place).isEqualTo(29);
  }

  /** A byte of an image, 0 outside of it. */
  private static int pixel(PackedImages shard, int image, int channel, int y, int x) {
    boolean isInside = y >= 0 && y < 32 && x >= 0 && x < 32;
    return isInside ? shard.pixels()[((image * 3 + channel) * 32 + y) * 32 + x] & 0xff : 0;
  }
}
