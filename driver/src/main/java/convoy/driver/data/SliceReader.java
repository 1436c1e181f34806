package convoy.driver.data;

import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.PackedImages;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads a slice of a binary image file; runs on the executors. */
final class SliceReader {
  private SliceReader() {}

  /**
   * The slice's bytes, record after record.
   *
   * @throws EOFException if the file has become shorter
   */
  static byte[] bytes(FileSlice slice, Configuration configuration) throws IOException {
    byte[] bytes = new byte[slice.records() * CifarRecord.BYTES];
    Path file = new Path(slice.file());
    try (FSDataInputStream in = file.getFileSystem(configuration).open(file)) {
      in.readFully(slice.firstRecord() * CifarRecord.BYTES, bytes);
    }
    return bytes;
  }

  /** The records as a shard, in file order. */
  static PackedImages shard(byte[] records) {
    int count = records.length / CifarRecord.BYTES;
    byte[] pixels = new byte[count * CifarRecord.PIXEL_BYTES];
    char[] labels = new char[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (char) (records[i * CifarRecord.BYTES] & 0xff);
      System.arraycopy(
          records,
          i * CifarRecord.BYTES + 1,
          pixels,
          i * CifarRecord.PIXEL_BYTES,
          CifarRecord.PIXEL_BYTES);
    }
    return new PackedImages(CifarRecord.SHAPE, pixels, labels);
  }
}
