package convoy.driver.data;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Turns slices of files into the cached shards that replicas work on, one {@link ImageShard} a
 * partition. The bytes go from the files to the executors and, for a random deal, once through a
 * shuffle; never through the driver.
 */
public final class Shards implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Broadcast<SerializableConfiguration> configuration;

  /** Shards on that cluster. */
  public Shards(JavaSparkContext spark) {
    this.spark = spark;
    this.configuration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
  }

  /**
   * Near-equal shards of the images of a split in random order; sizes differ by at most one.
   *
   * @param shards how many partitions, 1 or more
   * @param seed the training's seed
   * @param deal which deal of the training, from 0: another number, another order
   * @param name of the RDD in Spark's UI
   */
  public JavaRDD<ImageShard> shuffled(
      ImageSource source, Split split, int shards, long seed, int deal, String name) {
    List<Slice> slices = source.slices(split);
    Deal cards = new Deal(source.images(split), shards, seed, deal);
    ImageShape shape = source.set().storedShape();
    Broadcast<SerializableConfiguration> files = configuration;
    return cached(
        spark
            .parallelize(slices, slices.size())
            .flatMapToPair(slice -> pieces(source, slice, cards, files.value().value()))
            .partitionBy(new HashPartitioner(shards))
            .mapPartitionsWithIndex(
                (shard, pieces) -> List.of(assemble(shape, cards.size(shard), pieces)).iterator(),
                true),
        name);
  }

  /**
   * Near-equal shards of the images of a split in file order.
   *
   * @param shards how many partitions, 1 or more
   * @param name of the RDD in Spark's UI
   */
  public JavaRDD<ImageShard> inOrder(ImageSource source, Split split, int shards, String name) {
    Broadcast<SerializableConfiguration> files = configuration;
    return cached(
        spark
            .parallelize(SliceCutter.cut(source.slices(split), shards), shards)
            .map(part -> concatenate(source, part, files.value().value())),
        name);
  }

  /** Frees the memory and the disk that shards take on the executors. */
  public static void free(JavaRDD<ImageShard> shards) {
    shards.unpersist(false);
    // Spark would do it when the driver's garbage collector finds the RDD, many epochs later.
    shards.rdd().cleanShuffleDependencies(false);
  }

  /** Takes back what the executors were told; shards that are not cached are lost with it. */
  @Override
  public void close() {
    configuration.destroy();
  }

  private static JavaRDD<ImageShard> cached(JavaRDD<ImageShard> shards, String name) {
    return shards.setName(name).persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Iterator<Tuple2<Integer, ShardPiece>> pieces(
      ImageSource source, Slice slice, Deal deal, Configuration configuration) throws IOException {
    PackedImages images = SliceReader.read(source, slice, configuration);
    int[] ranks = deal.ranks();
    List<List<Integer>> members = new ArrayList<>();
    for (int s = 0; s < deal.shards(); s++) {
      members.add(new ArrayList<>());
    }
    int first = Math.toIntExact(slice.firstIndex());
    for (int i = 0; i < images.count(); i++) {
      members.get(deal.shard(ranks[first + i])).add(i);
    }
    List<Tuple2<Integer, ShardPiece>> pieces = new ArrayList<>();
    for (int s = 0; s < deal.shards(); s++) {
      int[] chosen = members.get(s).stream().mapToInt(Integer::intValue).toArray();
      pieces.add(new Tuple2<>(s, piece(images, chosen, first, ranks, deal)));
    }
    return pieces.iterator();
  }

  private static ShardPiece piece(
      PackedImages images, int[] chosen, int first, int[] ranks, Deal deal) {
    int[] places = new int[chosen.length];
    byte[] pixels = new byte[chosen.length * images.shape().pixels()];
    char[] labels = new char[chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      places[k] = deal.place(ranks[first + chosen[k]]);
      copyImage(images.shape(), images.pixels(), chosen[k], pixels, k);
      labels[k] = images.labels()[chosen[k]];
    }
    return new ShardPiece(places, pixels, labels);
  }

  private static ImageShard assemble(
      ImageShape shape, int size, Iterator<Tuple2<Integer, ShardPiece>> pieces) {
    byte[] pixels = new byte[size * shape.pixels()];
    char[] labels = new char[size];
    while (pieces.hasNext()) {
      ShardPiece piece = pieces.next()._2();
      for (int k = 0; k < piece.places().length; k++) {
        copyImage(shape, piece.pixels(), k, pixels, piece.places()[k]);
        labels[piece.places()[k]] = piece.labels()[k];
      }
    }
    return new PackedImages(shape, pixels, labels);
  }

  private static ImageShard concatenate(
      ImageSource source, List<Slice> part, Configuration configuration) throws IOException {
    ImageShape shape = source.set().storedShape();
    int images = part.stream().mapToInt(Slice::records).sum();
    byte[] pixels = new byte[images * shape.pixels()];
    char[] labels = new char[images];
    int place = 0;
    for (Slice slice : part) {
      PackedImages read = SliceReader.read(source, slice, configuration);
      System.arraycopy(read.pixels(), 0, pixels, place * shape.pixels(), read.pixels().length);
      System.arraycopy(read.labels(), 0, labels, place, read.count());
      place += read.count();
    }
    return new PackedImages(shape, pixels, labels);
  }

  private static void copyImage(
      ImageShape shape, byte[] from, int fromImage, byte[] to, int toImage) {
    int size = shape.pixels();
    System.arraycopy(from, fromImage * size, to, toImage * size, size);
  }
}
