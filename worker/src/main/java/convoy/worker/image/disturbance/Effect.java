package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;
import java.util.Random;

/** What a kind of disturbance does to an image. It holds no state: threads may share it. */
interface Effect {
  /**
   * The disturbed image.
   *
   * @param pixels uint8 {@code [3][H][W]}; they are not changed
   * @param amount in the unit of the kind
   * @param random draws what the amount leaves open, the same for every amount
   */
  byte[] apply(byte[] pixels, ImageShape shape, double amount, Random random);
}
