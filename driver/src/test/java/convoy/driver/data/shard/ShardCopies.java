package convoy.driver.data.shard;

import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Brings shards from the executors that hold them to a test, images and labels in memory. */
public final class ShardCopies {
  private ShardCopies() {}

  /** A copy of each shard, in partition order. */
  public static List<ImageShard> of(JavaRDD<ImageShard> shards) {
    return List.copyOf(shards.map(ShardCopies::copy).collect());
  }

  private static PackedImages copy(ImageShard shard) {
    int size = shard.shape().pixels();
    byte[] image = new byte[size];
    byte[] pixels = new byte[shard.count() * size];
    char[] labels = new char[shard.count()];
    for (int i = 0; i < shard.count(); i++) {
      shard.read(i, image);
      System.arraycopy(image, 0, pixels, i * size, size);
      labels[i] = (char) shard.label(i);
    }
    return new PackedImages(shard.shape(), pixels, labels);
  }
}
