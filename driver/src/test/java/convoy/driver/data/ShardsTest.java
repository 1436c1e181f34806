package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.Split;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.AugmentationDraws;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {
  private static final int TRAINING = 100;

  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();
  @TempDir Path directory;

  private ImageSource source(int training, int test) throws IOException {
    return ImageSources.open(
        new Configuration(), ImageSetFiles.write(directory, training, test).toString());
  }

  /** Each image as text that tells it apart, with its label. */
  private static List<String> images(List<ImageShard> shards) {
    List<String> images = new ArrayList<>();
    for (ImageShard shard : shards) {
      byte[] pixels = new byte[CifarRecord.PIXEL_BYTES];
      for (int i = 0; i < shard.count(); i++) {
        shard.read(i, pixels);
        images.add(shard.label(i) + ":" + Arrays.hashCode(pixels));
      }
    }
    return images;
  }

  /** The training images of a set, read from its files as they are. */
  private List<String> imagesInFileOrder() throws IOException {
    List<String> images = new ArrayList<>();
    for (String name : List.of("data_batch_1.bin", "data_batch_2.bin")) {
      byte[] records = Files.readAllBytes(directory.resolve(name));
      for (int start = 0; start < records.length; start += CifarRecord.BYTES) {
        byte[] pixels = Arrays.copyOfRange(records, start + 1, start + CifarRecord.BYTES);
        images.add(records[start] + ":" + Arrays.hashCode(pixels));
      }
    }
    return images;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 99, 130})
  void everyImageStandsInOneShard_andSizesDifferByOneAtMost(int shards) throws IOException {
    ImageSource source = source(TRAINING, 5);

    List<ImageShard> dealt =
        ShardCopies.of(
            new Shards(SPARK.context()).shuffled(source, Split.TRAINING, shards, 1, 0, "images"));

    assertThat(dealt).hasSize(shards);
    assertThat(dealt.stream().mapToInt(ImageShard::count).max().orElseThrow())
        .isLessThanOrEqualTo(dealt.stream().mapToInt(ImageShard::count).min().orElseThrow() + 1);
    assertThat(images(dealt)).containsExactlyInAnyOrderElementsOf(imagesInFileOrder());
  }

  /** The same images in smaller slices. */
  private record CutFinely(ImageSource source) implements ImageSource {
    @Override
    public ImageSet set() {
      return source.set();
    }

    @Override
    public List<Slice> slices(Split split) {
      return SliceCutter.cut(source.slices(split), 9).stream().flatMap(List::stream).toList();
    }

    @Override
    public Records records(Slice slice, Configuration configuration) throws IOException {
      return source.records(slice, configuration);
    }
  }

  @Test
  void deal_dependsOnSeedAndNumber_notOnHowTheFilesAreCut() throws IOException {
    ImageSource source = source(TRAINING, 5);
    Shards shards = new Shards(SPARK.context());

    List<String> first =
        images(ShardCopies.of(shards.shuffled(source, Split.TRAINING, 3, 1, 0, "a")));

    assertThat(
            images(
                ShardCopies.of(
                    shards.shuffled(new CutFinely(source), Split.TRAINING, 3, 1, 0, "b"))))
        .isEqualTo(first);
    assertThat(images(ShardCopies.of(shards.shuffled(source, Split.TRAINING, 3, 1, 1, "c"))))
        .isNotEqualTo(first);
    assertThat(images(ShardCopies.of(shards.shuffled(source, Split.TRAINING, 3, 2, 0, "d"))))
        .isNotEqualTo(first);
  }

  /** Each image of an epoch's shards, as it is, with whether its alternating flip mirrored it. */
  private static Map<String, Boolean> mirrored(List<ImageShard> shards, int epoch) {
    Preprocessing bytes =
        Preprocessing.stretching(
            CifarRecord.SHAPE, new Normalization(new float[3], new float[] {1, 1, 1}));
    Augmentation alternating = new Augmentation(Augmentation.Flip.ALTERNATING, 0, 0);
    Map<String, Boolean> mirrored = new HashMap<>();
    for (ImageShard shard : shards) {
      int[] order = IntStream.range(0, shard.count()).toArray();
      AugmentationDraws draws =
          new AugmentationDraws(alternating, bytes, 1, epoch, new Random(epoch));
      float[] shown =
          new MinibatchAssembler(shard, bytes, shard.count())
              .assemble(order, 0, shard.count(), draws)
              .images();
      float[] original =
          new MinibatchAssembler(shard, bytes, shard.count()).assemble(0, shard.count()).images();
      for (int i = 0; i < shard.count(); i++) {
        int size = CifarRecord.PIXEL_BYTES;
        float[] image = Arrays.copyOfRange(original, i * size, (i + 1) * size);
        mirrored.put(
            Arrays.toString(image),
            !Arrays.equals(image, Arrays.copyOfRange(shown, i * size, (i + 1) * size)));
      }
    }
    return mirrored;
  }

  @Test
  void alternatingFlip_showsEveryImageBothWays_inTwoEpochsOfTwoDeals() throws IOException {
    ImageSource source = source(TRAINING, 5);
    Shards shards = new Shards(SPARK.context());

    Map<String, Boolean> first =
        mirrored(ShardCopies.of(shards.shuffled(source, Split.TRAINING, 3, 1, 0, "a")), 1);
    Map<String, Boolean> second =
        mirrored(ShardCopies.of(shards.shuffled(source, Split.TRAINING, 3, 1, 1, "b")), 2);

    assertThat(first).hasSize(TRAINING).containsValues(true, false);
    assertThat(second).hasSize(TRAINING);
    first.forEach((image, isMirrored) -> assertThat(second).containsEntry(image, !isMirrored));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 150})
  void testShards_areTheImagesInFileOrder(int shards) throws IOException {
    ImageSource source = source(TRAINING, 5);

    List<ImageShard> cut =
        ShardCopies.of(new Shards(SPARK.context()).inOrder(source, Split.TRAINING, shards, "test"));

    assertThat(cut).hasSize(shards);
    assertThat(images(cut)).isEqualTo(imagesInFileOrder());
  }

  @Test
  void shards_areCachedUnderTheirName() throws IOException {
    ImageSource source = source(TRAINING, 5);
    new Shards(SPARK.context()).inOrder(source, Split.TEST, 2, "test images of this test").count();

    assertThat(SPARK.context().sc().getRDDStorageInfo())
        .anySatisfy(
            info -> {
              assertThat(info.name()).isEqualTo("test images of this test");
              assertThat(info.numCachedPartitions()).isEqualTo(2);
            });
  }
}
