package convoy.worker.image.augmentation;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Preprocessing;
import convoy.worker.random.Seed;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * What {@link Augmentation} draws for one image after the other. All comes from one random stream,
 * hence depends on the order of the images; but for the alternating flip, which must know an image
 * again in the next epoch, when it may stand in another shard: it takes the seed, the epoch and the
 * CRC-32 of the image's pixels. Where two images share a CRC, they are mirrored in the same epochs,
 * which does no harm.
 */
public final class AugmentationDraws {
  private final Augmentation augmentation;
  private final Preprocessing preprocessing;
  private final ImageShape inputShape;
  private final long seed;
  private final int epoch;
  private final Random stream;
  private final CRC32 crc = new CRC32();

  /**
   * Draws for images of one epoch.
   *
   * @param preprocessing of the images
   * @param seed the training's seed
   * @param epoch from 1
   * @param stream random numbers for all but the alternating flip
   */
  public AugmentationDraws(
      Augmentation augmentation, Preprocessing preprocessing, long seed, int epoch, Random stream) {
    this.augmentation = augmentation;
    this.preprocessing = preprocessing;
    this.inputShape = preprocessing.inputShape();
    this.seed = seed;
    this.epoch = epoch;
    this.stream = stream;
  }

  /**
   * One image's draw.
   *
   * @param mirrored whether it is mirrored
   * @param down rows that the crop lies below the middle of the stored image
   * @param right columns that it lies to the right
   * @param cutout what is blanked in the result
   */
  public record Draw(boolean mirrored, int down, int right, Cutout cutout) {
    /** The image as it is. */
    public static final Draw AS_IT_IS = new Draw(false, 0, 0, Cutout.NONE);
  }

  /**
   * The draw for one image.
   *
   * @param pixels the stored image, uint8 {@code [C][H][W]} at the start of the array
   */
  public Draw next(byte[] pixels) {
    boolean mirrored =
        switch (augmentation.flip()) {
          case NONE -> false;
          case RANDOM -> stream.nextBoolean();
          case ALTERNATING -> isMirroredInThisEpoch(pixels);
        };
    return new Draw(mirrored, offset(), offset(), cutout());
  }

  private boolean isMirroredInThisEpoch(byte[] pixels) {
    crc.reset();
    crc.update(pixels, 0, preprocessing.storedShape().pixels());
    long start = Seed.derive(seed, Seed.Purpose.FLIP, crc.getValue());
    return ((start + epoch) & 1) == 1;
  }

  private int offset() {
    int reach = preprocessing.margin() + augmentation.cropPadding();
    return reach == 0 ? 0 : stream.nextInt(2 * reach + 1) - reach;
  }

  private Cutout cutout() {
    if (augmentation.cutout() == 0) {
      return Cutout.NONE;
    }
    int row = stream.nextInt(inputShape.height());
    int column = stream.nextInt(inputShape.width());
    return Cutout.square(augmentation.cutout(), row, column, inputShape);
  }
}
