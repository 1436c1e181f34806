package convoy.driver.data;

import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.PackedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small image sets of random images for tests. */
public final class ImageSetFiles {
  private ImageSetFiles() {}

  /** A set with two training files of uneven length and a test file. */
  public static Path write(Path directory, int training, int test) throws IOException {
    Files.createDirectories(directory);
    int first = training / 3;
    Files.write(directory.resolve("data_batch_1.bin"), records(1, first));
    Files.write(directory.resolve("data_batch_2.bin"), records(2, training - first));
    Files.write(directory.resolve("test_batch.bin"), records(3, test));
    Files.writeString(directory.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
    return directory;
  }

  /** Random records in the binary layout. */
  public static byte[] records(long seed, int count) {
    PackedImages shard = RandomImages.shard(seed, count);
    byte[] records = new byte[count * CifarRecord.BYTES];
    for (int i = 0; i < count; i++) {
      records[i * CifarRecord.BYTES] = (byte) shard.label(i);
      System.arraycopy(
          shard.pixels(),
          i * CifarRecord.PIXEL_BYTES,
          records,
          i * CifarRecord.BYTES + 1,
          CifarRecord.PIXEL_BYTES);
    }
    return records;
  }
}
