package convoy.bench.pytorch;

import convoy.worker.image.ImageShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The images of one split in memory: uint8 {@code [N][C][H][W]} and their labels, from 0. */
final class StoredImages {
  private final ImageShape shape;
  private final byte[] pixels;
  private final int[] labels;

  StoredImages(ImageShape shape, byte[] pixels, int[] labels) {
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** The shape of each image. */
  ImageShape shape() {
    return shape;
  }

  int count() {
    return labels.length;
  }

  int label(int image) {
    return labels[image];
  }

  /** The value of a pixel, 0 to 255; black outside the image. */
  int level(int image, int channel, int row, int column) {
    if (row < 0 || row >= shape.height() || column < 0 || column >= shape.width()) {
      return 0;
    }
    int plane = image * shape.channels() + channel;
    return pixels[(plane * shape.height() + row) * shape.width() + column] & 0xff;
  }

  /**
   * Reads files of records end to end, each a label (big-endian) and then uint8 {@code [C][H][W]}.
   *
   * @param labelBytes 1 or 2
   * @throws IOException if a file cannot be read or ends within a record
   */
  static StoredImages read(List<Path> files, ImageShape shape, int labelBytes) throws IOException {
    int recordBytes = labelBytes + shape.pixels();
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      if (content.length % recordBytes != 0) {
        throw new IOException(
            "Cannot read %s: its %d bytes are no whole number of records of %d (import it anew)"
                .formatted(file, content.length, recordBytes));
      }
      records.write(content);
    }
    return split(ByteBuffer.wrap(records.toByteArray()), shape, labelBytes);
  }

  private static StoredImages split(ByteBuffer records, ImageShape shape, int labelBytes) {
    int count = records.remaining() / (labelBytes + shape.pixels());
    byte[] pixels = new byte[count * shape.pixels()];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] =
          labelBytes == 1
              ? Byte.toUnsignedInt(records.get())
              : Short.toUnsignedInt(records.getShort());
      records.get(pixels, i * shape.pixels(), shape.pixels());
    }
    return new StoredImages(shape, pixels, labels);
  }
}
