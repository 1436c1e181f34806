package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.shard.CifarRecord;
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
   * Near-equal shards of all images in random order; sizes differ by at most one.
   *
   * @param shards how many partitions, 1 or more
   * @param seed the training's seed
   * @param deal which deal of the training, from 0: another number, another order
   * @param name of the RDD in Spark's UI
   * @throws UserException if a shard would not fit in one array
   */
  public JavaRDD<ImageShard> shuffled(
      List<FileSlice> slices, int shards, long seed, int deal, String name) {
    requireFit(slices, shards);
    Deal cards = new Deal(ImageSet.count(slices), shards, seed, deal);
    Broadcast<SerializableConfiguration> files = configuration;
    return cached(
        spark
            .parallelize(slices, slices.size())
            .flatMapToPair(slice -> pieces(slice, cards, files.value().value()))
            .partitionBy(new HashPartitioner(shards))
            .mapPartitionsWithIndex(
                (shard, pieces) -> List.of(assemble(cards.size(shard), pieces)).iterator(), true),
        name);
  }

  /**
   * Near-equal shards of all images in file order.
   *
   * @param shards how many partitions, 1 or more
   * @param name of the RDD in Spark's UI
   * @throws UserException if a shard would not fit in one array
   */
  public JavaRDD<ImageShard> inOrder(List<FileSlice> slices, int shards, String name) {
    requireFit(slices, shards);
    Broadcast<SerializableConfiguration> files = configuration;
    return cached(
        spark
            .parallelize(SliceCutter.cut(slices, shards), shards)
            .map(part -> concatenate(part, files.value().value())),
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

  private static void requireFit(List<FileSlice> slices, int shards) {
    int most = Integer.MAX_VALUE / CifarRecord.BYTES;
    int images = ImageSet.count(slices);
    if (images / shards >= most) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot divide %d images among %d partitions: one holds fewer than %d (take %d or more replicas)"
              .formatted(images, shards, most, images / most + 1));
    }
  }

  private static JavaRDD<ImageShard> cached(JavaRDD<ImageShard> shards, String name) {
    return shards.setName(name).persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Iterator<Tuple2<Integer, ShardPiece>> pieces(
      FileSlice slice, Deal deal, Configuration configuration) throws IOException {
    PackedImages images = SliceReader.shard(SliceReader.bytes(slice, configuration));
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
    byte[] pixels = new byte[chosen.length * CifarRecord.PIXEL_BYTES];
    char[] labels = new char[chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      places[k] = deal.place(ranks[first + chosen[k]]);
      copyImage(images.pixels(), chosen[k], pixels, k);
      labels[k] = images.labels()[chosen[k]];
    }
    return new ShardPiece(places, pixels, labels);
  }

  private static ImageShard assemble(int size, Iterator<Tuple2<Integer, ShardPiece>> pieces) {
    byte[] pixels = new byte[size * CifarRecord.PIXEL_BYTES];
    char[] labels = new char[size];
    while (pieces.hasNext()) {
      ShardPiece piece = pieces.next()._2();
      for (int k = 0; k < piece.places().length; k++) {
        copyImage(piece.pixels(), k, pixels, piece.places()[k]);
        labels[piece.places()[k]] = piece.labels()[k];
      }
    }
    return new PackedImages(CifarRecord.SHAPE, pixels, labels);
  }

  private static ImageShard concatenate(List<FileSlice> part, Configuration configuration)
      throws IOException {
    byte[] records = new byte[ImageSet.count(part) * CifarRecord.BYTES];
    int place = 0;
    for (FileSlice slice : part) {
      byte[] bytes = SliceReader.bytes(slice, configuration);
      System.arraycopy(bytes, 0, records, place, bytes.length);
      place += bytes.length;
    }
    return SliceReader.shard(records);
  }

  private static void copyImage(byte[] from, int fromImage, byte[] to, int toImage) {
    System.arraycopy(
        from,
        fromImage * CifarRecord.PIXEL_BYTES,
        to,
        toImage * CifarRecord.PIXEL_BYTES,
        CifarRecord.PIXEL_BYTES);
  }
}
