package convoy.driver.data;

import convoy.worker.image.ImageShape;
import convoy.worker.image.shard.PackedImages;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Reads a slice into memory. */
final class SliceReader {
  private SliceReader() {}

  static PackedImages read(ImageSource source, Slice slice, Configuration configuration)
      throws IOException {
    ImageShape shape = source.set().storedShape();
    byte[] image = new byte[shape.pixels()];
    byte[] pixels = new byte[slice.records() * shape.pixels()];
    char[] labels = new char[slice.records()];
    try (Records records = source.records(slice, configuration)) {
      for (int i = 0; records.next(image); i++) {
        labels[i] = (char) records.label();
        System.arraycopy(image, 0, pixels, i * shape.pixels(), image.length);
      }
    }
    return new PackedImages(shape, pixels, labels);
  }
}
