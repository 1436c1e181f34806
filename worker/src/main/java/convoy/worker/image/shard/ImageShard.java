package convoy.worker.image.shard;

import convoy.worker.image.ImageShape;

/**
 * Labelled images of one shape that one task works on, wherever they lie: in memory ({@link
 * PackedImages}) or in a file on the local disk ({@link ShardFile}). Images have numbers from 0.
 */
public interface ImageShard {
  /** The greatest label: a network has at most 65,536 classes. */
  int GREATEST_LABEL = Character.MAX_VALUE;

  /** The number of images, 0 or more. */
  int count();

  /** The shape of each image. */
  ImageShape shape();

  /** The label of image {@code index}, 0 to {@value #GREATEST_LABEL}. */
  int label(int index);

  /**
   * Copies image {@code index}, uint8 {@code [C][H][W]}, to the start of {@code pixels}.
   *
   * @throws java.io.UncheckedIOException if the image lies on a disk that does not give it
   */
  void read(int index, byte[] pixels);
}
