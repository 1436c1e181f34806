package convoy.worker.image.shard;

import convoy.worker.image.ImageShape;

/**
 * The record of the CIFAR-10 binary version: one label byte (0 to 9), then 1,024 red, 1,024 green
 * and 1,024 blue bytes, each plane row by row (Krizhevsky, "Learning Multiple Layers of Features
 * from Tiny Images", 2009; layout after the data set's own page). A file is records end to end.
 */
public final class CifarRecord {
  /** The shape of every image. */
  public static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  /** The number of classes; labels run from 0 to 9. */
  public static final int CLASSES = 10;

  /** Bytes of one image's pixels. */
  public static final int PIXEL_BYTES = 3072;

  /** Bytes of one record: the label and the pixels. */
  public static final int BYTES = 1 + PIXEL_BYTES;

  private CifarRecord() {}
}
