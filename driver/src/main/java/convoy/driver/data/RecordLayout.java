package convoy.driver.data;

import convoy.worker.image.ImageShape;
import java.io.Serializable;

/**
 * How a labelled image lies in a file: its label, in one byte for up to 256 classes and in two
 * bytes, the higher first, for more; then its pixels, uint8 {@code [C][H][W]}. A file is records
 * end to end. CIFAR-10's binary version has this layout (Krizhevsky, "Learning Multiple Layers of
 * Features from Tiny Images", 2009; the layout after the data set's own page).
 *
 * @param shape of every image
 * @param classes how many there are, 1 to {@value #MOST_CLASSES}; labels run from 0
 */
public record RecordLayout(ImageShape shape, int classes) implements Serializable {
  /** The number of classes that labels of two bytes can distinguish. */
  public static final int MOST_CLASSES = 65_536;

  private static final int MOST_CLASSES_OF_A_BYTE = 256;

  /** Checks the number of classes. */
  public RecordLayout {
    if (classes < 1 || classes > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "Cannot store labels of %d classes: there may be 1 to %d"
              .formatted(classes, MOST_CLASSES));
    }
  }

  /** The bytes of a label, 1 or 2. */
  public int labelBytes() {
    return classes <= MOST_CLASSES_OF_A_BYTE ? 1 : 2;
  }

  /** The bytes of one image's pixels. */
  public int pixelBytes() {
    return shape.pixels();
  }

  /** The bytes of a record: the label and the pixels. */
  public int bytes() {
    return labelBytes() + pixelBytes();
  }

  /** The label as it is stored, {@link #labelBytes} long. */
  byte[] storedLabel(int label) {
    return labelBytes() == 1
        ? new byte[] {(byte) label}
        : new byte[] {(byte) (label >> 8), (byte) label};
  }

  /** The label at the start of a stored record. */
  int label(byte[] stored) {
    return labelBytes() == 1 ? stored[0] & 0xff : (stored[0] & 0xff) << 8 | (stored[1] & 0xff);
  }
}
