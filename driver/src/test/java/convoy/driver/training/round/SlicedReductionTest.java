package convoy.driver.training.round;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import convoy.worker.training.ReplicaTimes;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.TrainingState;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** The reductions on Spark, on states that nobody trained. */
class SlicedReductionTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();

  private static final int PARAMETERS = 100_003;

  /** What a replica with Adam would bring back; number 2 has no images left. */
  private static ReplicaUpdate update(int replica, TrainingState before) {
    if (replica == 2) {
      return new ReplicaUpdate(before, 0, 0, 0, 0, new ReplicaTimes(0, 0, 0));
    }
    Random random = new Random(replica);
    return new ReplicaUpdate(
        new TrainingState(
            moved(before.parameters(), random),
            moved(before.optimizerState(), random),
            before.iteration() + 3),
        20 + replica,
        3,
        0.1 * replica,
        replica,
        new ReplicaTimes(1, 2, 3));
  }

  private static float[] moved(float[] values, Random random) {
    float[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += random.nextFloat();
    }
    return moved;
  }

  private static TrainingState state() {
    return new TrainingState(
        moved(new float[PARAMETERS], new Random(-1)),
        moved(new float[2 * PARAMETERS], new Random(-2)),
        40);
  }

  private static JavaRDD<ReplicaUpdate> updates(int replicas, Broadcast<TrainingState> before) {
    return SPARK
        .context()
        .parallelize(IntStream.range(0, replicas).boxed().toList(), replicas)
        .map(replica -> update(replica, before.value()));
  }

  private static Reduction.Gathered gathered(Reduction reduction, int replicas) {
    Broadcast<TrainingState> before = SPARK.context().broadcast(state());
    try {
      return reduction.gather(updates(replicas, before));
    } finally {
      before.destroy();
    }
  }

  private static void assertSame(Reduction.Gathered sliced, Reduction.Gathered direct) {
    TrainingState actual = sliced.average().get().state();
    TrainingState expected = direct.average().get().state();
    assertThat(Arrays.equals(actual.parameters(), expected.parameters())).isTrue();
    assertThat(Arrays.equals(actual.optimizerState(), expected.optimizerState())).isTrue();
    assertThat(actual.iteration()).isEqualTo(expected.iteration()).isEqualTo(43);
    assertThat(sliced.updates())
        .usingRecursiveComparison()
        .ignoringFields("state")
        .isEqualTo(direct.updates());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 201})
  void slicedReduction_bringsWhatTheDirectOneBrings_bitForBit(int slices) {
    for (int replicas : new int[] {1, 2, 5}) {
      assertSame(
          gathered(new SlicedReduction(slices), replicas),
          gathered(new DirectReduction(), replicas));
    }
  }

  @Test
  void driversLink_carriesTheStateOnceEachWay_whateverTheNumberOfReplicas() throws Exception {
    double direct = statesOverTheLink(new DirectReduction());
    double sliced = statesOverTheLink(new SlicedReduction(8));

    assertThat(direct).isBetween(8.8, 9.2);
    assertThat(sliced).isBetween(1.9, 2.2);
  }

  /** Bytes of a round with 8 replicas that leave or reach the driver, in sizes of the state. */
  private static double statesOverTheLink(Reduction reduction) throws Exception {
    DriverLink link = new DriverLink();
    SPARK.context().sc().addSparkListener(link);
    try {
      gathered(reduction, 8);
      SPARK.context().sc().listenerBus().waitUntilEmpty();
    } finally {
      SPARK.context().sc().removeSparkListener(link);
    }
    return link.bytes() / (3.0 * PARAMETERS * Float.BYTES);
  }

  @Test
  void shuffleFilesOfARound_areGoneAfterIt_butThoseThatDealtTheShardsAreLeft() throws Exception {
    JavaPairRDD<Integer, Integer> shards =
        SPARK
            .context()
            .parallelize(List.of(0, 1, 2), 3)
            .mapToPair(replica -> new Tuple2<>(replica, replica))
            .partitionBy(new HashPartitioner(3))
            .persist(StorageLevel.MEMORY_ONLY());
    assertThat(shards.count()).isEqualTo(3);
    // The shuffle file of each of three tasks, its index and its checksum.
    List<File> dealt = awaitShuffleFiles(9);

    for (int round = 0; round < 10; round++) {
      Broadcast<TrainingState> before = SPARK.context().broadcast(state());
      new SlicedReduction(4).gather(shards.map(shard -> update(shard._1(), before.value())));
      before.destroy();
    }

    assertThat(awaitShuffleFiles(9)).containsExactlyInAnyOrderElementsOf(dealt);
    shards.unpersist(true);
    assertThat(shards.count()).as("images whose cached shards were lost").isEqualTo(3);
  }

  /** Waits until there are as many shuffle files; Spark deletes them in the background. */
  private static List<File> awaitShuffleFiles(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (shuffleFiles().size() != count && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    List<File> files = shuffleFiles();
    assertThat(files).hasSize(count);
    return files;
  }

  private static List<File> shuffleFiles() {
    return JavaConverters.seqAsJavaList(
            SparkEnv.get().blockManager().diskBlockManager().getAllFiles())
        .stream()
        .filter(file -> file.getName().startsWith("shuffle_"))
        .toList();
  }
}
