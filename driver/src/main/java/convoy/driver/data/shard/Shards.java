package convoy.driver.data.shard;

import convoy.driver.data.ImageSource;
import convoy.driver.data.Slice;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Turns the slices of an image source into the shards that replicas work on, one {@link ImageShard}
 * per partition, on the local disks of the executors. The images go from the files to the executors
 * and, for a random deal, once through a shuffle, in pieces of a megabyte; never through the
 * driver, and never as a whole into a heap.
 */
public final class Shards implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Broadcast<SerializableConfiguration> configuration;
  private final String run = UUID.randomUUID().toString();

  /** Shards on that cluster, for one training run or one evaluation. */
  public Shards(JavaSparkContext spark) {
    this.spark = spark;
    this.configuration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
  }

  /**
   * Near-equal shards of the images of a split in random order, built before it returns; sizes
   * differ by at most one. Those of an earlier deal of the split are given up as these are built.
   *
   * @param shards how many partitions, 1 or more
   * @param seed the seed of the training run
   * @param deal which deal of the training run, from 0: another number, another order
   * @param name of the RDD in Spark's UI
   */
  public JavaRDD<ImageShard> shuffled(
      ImageSource source, Split split, int shards, long seed, int deal, String name) {
    List<Slice> slices = source.slices(split);
    Deal cards = new Deal(source.images(split), shards, seed, deal);
    Broadcast<SerializableConfiguration> files = configuration;
    JavaRDD<ShardPiece> pieces =
        spark
            .parallelize(slices, slices.size())
            .flatMapToPair(
                slice ->
                    new PieceReader(
                        source,
                        List.of(slice),
                        files.value().value(),
                        cards.placement(),
                        cards.shards()))
            .partitionBy(new HashPartitioner(shards))
            .values();
    return built(pieces, source, new ShardSet(run, split, deal), cards.sizes(), name);
  }

  /**
   * Near-equal shards of the images of a split in file order, built before it returns.
   *
   * @param shards how many partitions, 1 or more
   * @param name of the RDD in Spark's UI
   */
  public JavaRDD<ImageShard> inOrder(ImageSource source, Split split, int shards, String name) {
    List<List<Slice>> parts = SliceCutter.cut(source.slices(split), shards);
    Broadcast<SerializableConfiguration> files = configuration;
    JavaRDD<ShardPiece> pieces =
        spark
            .parallelize(parts, shards)
            .flatMap(
                part -> new PieceReader(source, part, files.value().value(), InOrder.of(part), 1))
            .map(piece -> piece._2());
    int[] sizes =
        parts.stream().mapToInt(part -> part.stream().mapToInt(Slice::records).sum()).toArray();
    return built(pieces, source, new ShardSet(run, split, 0), sizes, name);
  }

  /**
   * Frees the disk that the shuffle of a deal takes on the executors. The shards must not be used
   * any more: Spark stops a job that reads a shuffle which is being removed, and its context.
   */
  public static void free(JavaRDD<ImageShard> shards) {
    // Spark would do it when the driver's garbage collector finds the RDD, many epochs later.
    shards.rdd().cleanShuffleDependencies(false);
  }

  /**
   * Frees what was broadcast to the executors; no shard can be built afterwards. Other processes
   * keep the shards that they have until another run takes their place, or they end.
   */
  @Override
  public void close() {
    configuration.destroy();
    try {
      ShardStore.ofThisProcess().forget(run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the run, under which the {@link ShardStore} keeps its shards. */
  String run() {
    return run;
  }

  private static JavaRDD<ImageShard> built(
      JavaRDD<ShardPiece> pieces, ImageSource source, ShardSet set, int[] sizes, String name) {
    ShardRdd shards = new ShardRdd(pieces.rdd(), set, source.set().storedShape(), sizes);
    shards.setName(name);
    return shards.built();
  }
}
