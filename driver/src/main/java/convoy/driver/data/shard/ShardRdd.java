package convoy.driver.data.shard;

import convoy.worker.image.ImageShape;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.ShardFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.TaskCompletionListener;
import org.apache.spark.util.TaskFailureListener;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * One {@link ImageShard} per partition, put together from its pieces on the local disk of the
 * executor that first needs it, and kept there in the {@link ShardStore}. Tasks prefer the executor
 * where their shard was built; one that runs elsewhere builds it again from the shuffle.
 *
 * <p>It is not persisted as Spark has it, since Spark's blocks are arrays in the heap, or become
 * one when they are read from disk.
 */
final class ShardRdd extends RDD<ImageShard> {
  private static final long serialVersionUID = 1L;
  private static final ClassTag<ImageShard> SHARD = ClassTag$.MODULE$.apply(ImageShard.class);
  private static final ClassTag<ShardPiece> PIECE = ClassTag$.MODULE$.apply(ShardPiece.class);

  private final ShardSet set;
  private final ImageShape shape;
  private final int[] sizes;

  /**
   * Where each partition was built, as Spark writes it; empty before; of use to the driver only.
   */
  private transient List<String> executors = List.of();

  /**
   * The shards that the partitions of {@code pieces} make up.
   *
   * @param sizes the images of each
   */
  ShardRdd(RDD<ShardPiece> pieces, ShardSet set, ImageShape shape, int[] sizes) {
    super(pieces, SHARD);
    this.set = set;
    this.shape = shape;
    this.sizes = sizes;
  }

  /** Has all shards built, and learns where; returns this for Java. */
  JavaRDD<ImageShard> built() {
    JavaRDD<ImageShard> shards = new JavaRDD<>(this, SHARD);
    executors = shards.map(shard -> thisExecutor()).collect();
    return shards;
  }

  /** This executor in the form of Spark's {@code ExecutorCacheTaskLocation}. */
  private static String thisExecutor() {
    BlockManagerId id = SparkEnv.get().blockManager().blockManagerId();
    return "executor_%s_%s".formatted(id.host(), id.executorId());
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(PIECE).partitions();
  }

  @Override
  public Seq<String> getPreferredLocations(Partition partition) {
    List<String> preferred =
        executors.isEmpty() ? List.of() : List.of(executors.get(partition.index()));
    return JavaConverters.asScalaBuffer(preferred);
  }

  @Override
  public Iterator<ImageShard> compute(Partition partition, TaskContext context) {
    try {
      ShardStore.Use use =
          ShardStore.ofThisProcess().use(set, partition.index(), () -> build(partition, context));
      context.addTaskCompletionListener((TaskCompletionListener) ended -> end(use));
      context.addTaskFailureListener(
          (TaskFailureListener) (failed, failure) -> forgetUnreadable(partition, failure));
      return JavaConverters.asScalaIterator(List.of(use.shard()).iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ShardFile build(Partition partition, TaskContext context) throws IOException {
    int size = sizes[partition.index()];
    ShardFile shard = LocalDisks.newShard(partition.index(), shape, size);
    int images = 0;
    boolean whole = false;
    try {
      Iterator<ShardPiece> pieces = firstParent(PIECE).iterator(partition, context);
      while (pieces.hasNext()) {
        images += put(pieces.next(), shard);
      }
      if (images != size) {
        throw new IllegalStateException(
            "Cannot build shard %d: %d images came, of %d"
                .formatted(partition.index(), images, size));
      }
      whole = true;
      return shard;
    } finally {
      if (!whole) {
        shard.close();
      }
    }
  }

  private static int put(ShardPiece piece, ShardFile shard) throws IOException {
    int imageBytes = shard.shape().pixels();
    int images = piece.places().length;
    for (int i = 0; i < images; i++) {
      shard.put(piece.places()[i], piece.labels()[i], piece.pixels(), i * imageBytes);
    }
    return images;
  }

  private static void end(ShardStore.Use use) {
    try {
      use.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a failing disk does not give is built again by the next attempt. */
  private void forgetUnreadable(Partition partition, Throwable failure) {
    if (failure instanceof UncheckedIOException) {
      try {
        ShardStore.ofThisProcess().forget(set, partition.index());
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
