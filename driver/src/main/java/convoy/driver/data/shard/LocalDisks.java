package convoy.driver.data.shard;

import convoy.worker.image.ImageShape;
import convoy.worker.image.shard.ShardFile;
import java.io.File;
import java.io.IOException;
import org.apache.spark.SparkEnv;

/** Spark's directories on the local disks of this process, {@code spark.local.dir}. */
final class LocalDisks {
  private LocalDisks() {}

  /**
   * A new shard on the disk that is the partition's turn, or on the next one that takes it.
   *
   * @param partition whose shard it is
   * @throws IOException if no disk takes it
   */
  static ShardFile newShard(int partition, ImageShape shape, int images) throws IOException {
    File[] directories = SparkEnv.get().blockManager().diskBlockManager().localDirs();
    IOException refusal = null;
    for (int i = 0; i < directories.length; i++) {
      File directory = directories[(partition + i) % directories.length];
      try {
        return ShardFile.create(directory.toPath(), shape, images);
      } catch (IOException e) {
        refusal = e;
      }
    }
    throw new IOException(
        "Cannot create a shard of %d images of %s in any of %d local directories"
            .formatted(images, shape, directories.length),
        refusal);
  }
}
