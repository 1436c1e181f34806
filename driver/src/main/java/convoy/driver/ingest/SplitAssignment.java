package convoy.driver.ingest;

import convoy.driver.store.Sha256;
import convoy.worker.image.Split;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Decides which split a picture belongs to, from the seed and the SHA-256 of its bytes and from
 * nothing else: adding pictures moves no other, copies of one picture lie on one side, and with a
 * larger share pictures only enter its split. So the shares hold for the expected number of
 * pictures of each class, not for every count: of n pictures, the test split has n x share, give or
 * take the binomial deviation.
 */
final class SplitAssignment implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The fraction is made of the upper 53 bits of 64, as many as a double holds. */
  private static final double UNIT = 0x1.0p-53;

  private final long seed;
  private final double validationShare;
  private final double testShare;

  /**
   * An assignment.
   *
   * @param validationShare of the pictures that would be for training, 0 to 1
   * @param testShare likewise; both together less than 1
   */
  SplitAssignment(long seed, double validationShare, double testShare) {
    this.seed = seed;
    this.validationShare = validationShare;
    this.testShare = testShare;
  }

  /**
   * The split of a picture.
   *
   * @param sha256 of the picture's bytes
   * @param given where its source has it; pictures for validation and test stay there
   */
  Split of(byte[] sha256, Split given) {
    if (given != Split.TRAINING) {
      return given;
    }
    double fraction = fraction(sha256);
    if (fraction < testShare) {
      return Split.TEST;
    }
    return fraction < testShare + validationShare ? Split.VALIDATION : Split.TRAINING;
  }

  /** An even number from 0 up to 1, as good as random. */
  private double fraction(byte[] sha256) {
    byte[] keyed =
        ByteBuffer.allocate(Long.BYTES + sha256.length).putLong(seed).put(sha256).array();
    return (ByteBuffer.wrap(Sha256.of(keyed)).getLong() >>> 11) * UNIT;
  }
}
