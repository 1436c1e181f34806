package convoy.driver.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetFiles;
import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.data.Records;
import convoy.driver.data.Slice;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.Split;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.AugmentationDraws;
import convoy.worker.image.augmentation.ColourJitter;
import convoy.worker.image.augmentation.ResizedCrop;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.Dependency;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.Partition;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;

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

  private List<String> openBefore;

  /** Those of other tests are closed when the garbage collector finds them. */
  @BeforeEach
  void lookForOpenShards() throws IOException {
    openBefore = allOpenShards();
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
    Augmentation alternating =
        new Augmentation(Augmentation.Flip.ALTERNATING, 0, ResizedCrop.NONE, ColourJitter.NONE, 0);
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

  /** The shards as a plain loop over all images in memory deals them. */
  private List<List<String>> dealtInMemory(int shards, long seed, int deal) throws IOException {
    List<String> images = imagesInFileOrder();
    int[] ranks = Seed.permutation(images.size(), Seed.random(seed, Seed.Purpose.SHARDING, deal));
    List<TreeMap<Integer, String>> places = new ArrayList<>();
    IntStream.range(0, shards).forEach(shard -> places.add(new TreeMap<>()));
    for (int i = 0; i < ranks.length; i++) {
      places.get(ranks[i] % shards).put(ranks[i] / shards, images.get(i));
    }
    return places.stream().map(shard -> List.copyOf(shard.values())).toList();
  }

  private static List<List<String>> imagesOfEach(List<ImageShard> shards) {
    return shards.stream().map(shard -> images(List.of(shard))).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 99, 130})
  void deal_putsEveryImageWhereADealInMemoryPutsIt(int shards) throws IOException {
    ImageSource source = source(TRAINING, 5);

    List<ImageShard> dealt =
        ShardCopies.of(
            new Shards(SPARK.context()).shuffled(source, Split.TRAINING, shards, 5, 3, "images"));

    assertThat(imagesOfEach(dealt)).isEqualTo(dealtInMemory(shards, 5, 3));
  }

  @Test
  void shardThatIsGone_isBuiltAgainToTheSameBytes() throws IOException {
    Shards shards = new Shards(SPARK.context());
    JavaRDD<ImageShard> dealt =
        shards.shuffled(source(TRAINING, 5), Split.TRAINING, 3, 1, 0, "images");
    List<List<String>> before = imagesOfEach(ShardCopies.of(dealt));

    ShardStore.ofThisProcess().forget(shards.run());

    assertThat(openShards()).isEmpty();
    assertThat(imagesOfEach(ShardCopies.of(dealt))).isEqualTo(before);
  }

  @Test
  void shardWhoseShuffleIsLostToo_isReadFromTheFilesAgain() throws IOException {
    Shards shards = new Shards(SPARK.context());
    JavaRDD<ImageShard> dealt =
        shards.shuffled(source(TRAINING, 5), Split.TRAINING, 3, 1, 0, "images");
    List<List<String>> before = imagesOfEach(ShardCopies.of(dealt));

    ShardStore.ofThisProcess().forget(shards.run());
    loseMapOutputs(dealt.rdd());

    assertThat(imagesOfEach(ShardCopies.of(dealt))).isEqualTo(before);
  }

  /** What Spark does when the executors that hold the shuffle are lost. */
  private static void loseMapOutputs(RDD<?> rdd) {
    for (Dependency<?> dependency : JavaConverters.seqAsJavaList(rdd.dependencies())) {
      if (dependency instanceof ShuffleDependency<?, ?, ?> shuffle) {
        ((MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker())
            .unregisterAllMapAndMergeOutput(shuffle.shuffleId());
      } else {
        loseMapOutputs(dependency.rdd());
      }
    }
  }

  @Test
  void nextDeal_freesTheDiskOfTheOneBefore_andLeavesTheTestImages() throws IOException {
    ImageSource source = source(TRAINING, 5);
    try (Shards shards = new Shards(SPARK.context())) {
      JavaRDD<ImageShard> test = shards.inOrder(source, Split.TEST, 2, "test");
      for (int deal = 0; deal < 3; deal++) {
        shards.shuffled(source, Split.TRAINING, 4, 1, deal, "deal " + deal);
        assertThat(openShards()).hasSize(2 + 4);
      }
      assertThat(ShardCopies.of(test)).hasSize(2);
    }
    assertThat(openShards()).isEmpty();
  }

  /** The files of shards that this process holds open since the test began. */
  private List<String> openShards() throws IOException {
    List<String> shards = allOpenShards();
    shards.removeAll(openBefore);
    return shards;
  }

  /** They have no name any more. */
  private static List<String> allOpenShards() throws IOException {
    List<String> shards = new ArrayList<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open.toList()) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.contains("convoy-shard-")) {
            shards.add(target);
          }
        } catch (NoSuchFileException e) {
          // The descriptor of the listing itself.
        }
      }
    }
    return shards;
  }

  @Test
  void tasks_preferTheExecutorThatBuiltTheirShard() throws IOException {
    RDD<ImageShard> dealt =
        new Shards(SPARK.context())
            .shuffled(source(TRAINING, 5), Split.TRAINING, 3, 1, 0, "images")
            .rdd();
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();

    for (Partition partition : dealt.partitions()) {
      assertThat(JavaConverters.seqAsJavaList(dealt.preferredLocations(partition)))
          .containsExactly("executor_" + here.host() + "_driver");
    }
    assertThat(dealt.getStorageLevel()).isEqualTo(StorageLevel.NONE());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void images_travelInPiecesThatTogetherHoldSixteenMegabytesAtMost(int shards) throws IOException {
    ImageSource source = source(3_000, 5);
    List<Slice> slices = source.slices(Split.TRAINING);
    Deal deal = new Deal(3_000, shards, 1, 0);

    List<Integer> bytes =
        SPARK
            .context()
            .parallelize(slices, slices.size())
            .flatMap(
                slice ->
                    new PieceReader(
                        source, List.of(slice), new Configuration(), deal.placement(), shards))
            .map(piece -> piece._2().pixels().length)
            .collect();

    assertThat(bytes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3_000 * 3_072);
    assertThat(bytes).allMatch(piece -> piece <= Math.min(1 << 20, (16 << 20) / shards));
  }
}
