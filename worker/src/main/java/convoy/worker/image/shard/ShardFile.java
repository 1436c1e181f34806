package convoy.worker.image.shard;

import convoy.worker.image.ImageShape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A shard in a file on the local disk, for any number of images: the heap holds two bytes per
 * image, the label. The file is {@code [N][C][H][W]} of uint8 and nothing else.
 *
 * <p>The name of the file is removed as soon as the file is open, where the platform allows that
 * (all but Windows). The disk space then is free again when the shard is closed, when it is no
 * longer reachable, or when the process ends in whatever way; nothing is left to clean up.
 *
 * <p>Threads may share a shard. Reads go through a {@link RandomAccessFile} rather than a channel,
 * because a thread that is interrupted while it reads closes a channel for all others, and Spark
 * interrupts the tasks that it cancels.
 */
public final class ShardFile implements ImageShard, AutoCloseable {
  private final ImageShape shape;
  private final int imageBytes;
  private final char[] labels;
  private final Path path;
  private final RandomAccessFile file;

  private ShardFile(ImageShape shape, int count, Path path) throws IOException {
    this.shape = shape;
    this.imageBytes = shape.pixels();
    this.labels = new char[count];
    this.path = path;
    this.file = new RandomAccessFile(path.toFile(), "rw");
  }

  /**
   * A shard of {@code count} images, all black and of label 0 until they are put.
   *
   * @param directory on the local disk, which must exist
   * @throws IOException if the directory takes no new file, or the disk has no space for it
   */
  public static ShardFile create(Path directory, ImageShape shape, int count) throws IOException {
    Path path = Files.createTempFile(directory, "convoy-shard-", ".images");
    ShardFile shard;
    try {
      shard = new ShardFile(shape, count, path);
    } finally {
      removeName(path);
    }
    try {
      shard.file.setLength((long) count * shard.imageBytes);
      return shard;
    } catch (IOException e) {
      shard.close();
      throw e;
    }
  }

  /** Windows does not remove the name of an open file: there it goes when the shard is closed. */
  private static void removeName(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }

  /**
   * Writes the image with the number {@code place}, before anything reads it.
   *
   * @param label 0 to {@value ImageShard#GREATEST_LABEL}
   * @param pixels uint8 {@code [C][H][W]} from {@code offset} on
   * @throws IOException if the disk is full
   */
  public void put(int place, int label, byte[] pixels, int offset) throws IOException {
    long start = start(place);
    labels[place] = (char) label;
    synchronized (file) {
      file.seek(start);
      file.write(pixels, offset, imageBytes);
    }
  }

  @Override
  public int count() {
    return labels.length;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void read(int index, byte[] pixels) {
    long start = start(index);
    try {
      synchronized (file) {
        file.seek(start);
        file.readFully(pixels, 0, imageBytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read image %d of %d from the local disk: %s"
              .formatted(index, labels.length, e.getMessage()),
          e);
    }
  }

  private long start(int index) {
    return (long) Objects.checkIndex(index, labels.length) * imageBytes;
  }

  /** Gives the disk space back; the images are lost. */
  @Override
  public void close() throws IOException {
    file.close();
    removeName(path);
  }
}
