package convoy.worker.image.disturbance;

/** Between bytes and the numbers that they stand for. */
final class PixelValues {
  /** The greatest value of a byte, and so the range of the values. */
  static final int RANGE = 255;

  private PixelValues() {}

  /** The byte nearest to a value; below 0 it is 0, above 255 it is 255. */
  static byte nearest(double value) {
    return (byte) Math.rint(clamp(value, RANGE));
  }

  /** The number nearest to {@code value} from 0 to {@code greatest}. */
  static double clamp(double value, double greatest) {
    return Math.max(0, Math.min(greatest, value));
  }
}
