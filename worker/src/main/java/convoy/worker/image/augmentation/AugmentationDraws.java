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
 *
 * <p>The stream gives, in this order, what is used of: the flip; the crop (rows down and columns to
 * the right, or a {@link ResizedCrop}); row and column of the cutout's centre; the factors of the
 * {@link ColourJitter}.
 */
public final class AugmentationDraws {
  private final Augmentation augmentation;
  private final ImageShape storedShape;
  private final ImageShape inputShape;
  private final Crop middle;
  private final int reach;
  private final int cutoutSide;
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
   * @throws IllegalArgumentException if colours of other images than of three channels are changed
   */
  public AugmentationDraws(
      Augmentation augmentation, Preprocessing preprocessing, long seed, int epoch, Random stream) {
    if (preprocessing.storedShape().channels() != 3
        && !augmentation.jitter().equals(ColourJitter.NONE)) {
      throw new IllegalArgumentException(
          "Cannot change the colours of images of %s: three channels, red, green and blue, have some"
              .formatted(preprocessing.storedShape()));
    }
    this.augmentation = augmentation;
    this.storedShape = preprocessing.storedShape();
    this.inputShape = preprocessing.inputShape();
    this.middle = Draw.middle(preprocessing).crop();
    this.reach = preprocessing.margin() + augmentation.cropPadding();
    this.cutoutSide =
        (int) Math.round(augmentation.cutout() * Math.min(inputShape.height(), inputShape.width()));
    this.seed = seed;
    this.epoch = epoch;
    this.stream = stream;
  }

  /**
   * One image's draw.
   *
   * @param mirrored whether what is cropped is mirrored
   * @param crop the part of the stored image that is shown
   * @param cutout what is blanked in the result
   * @param colours how the colours are changed
   */
  public record Draw(boolean mirrored, Crop crop, Cutout cutout, ColourFactors colours) {
    /** The middle of an image as it is. */
    public static Draw middle(Preprocessing preprocessing) {
      int margin = preprocessing.margin();
      ImageShape input = preprocessing.inputShape();
      Crop crop = new Crop(margin, margin, input.height(), input.width());
      return new Draw(false, crop, Cutout.NONE, ColourFactors.NONE);
    }
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
    return new Draw(mirrored, crop(), cutout(), augmentation.jitter().draw(stream));
  }

  private boolean isMirroredInThisEpoch(byte[] pixels) {
    crc.reset();
    crc.update(pixels, 0, storedShape.pixels());
    long start = Seed.derive(seed, Seed.Purpose.FLIP, crc.getValue());
    return ((start + epoch) & 1) == 1;
  }

  private Crop crop() {
    if (augmentation.resizedCrop().isUsed()) {
      return augmentation.resizedCrop().draw(storedShape, inputShape, stream);
    }
    return reach == 0 ? middle : middle.moved(offset(), offset());
  }

  private int offset() {
    return stream.nextInt(2 * reach + 1) - reach;
  }

  private Cutout cutout() {
    if (cutoutSide == 0) {
      return Cutout.NONE;
    }
    int row = stream.nextInt(inputShape.height());
    int column = stream.nextInt(inputShape.width());
    return Cutout.square(cutoutSide, row, column, inputShape);
  }
}
