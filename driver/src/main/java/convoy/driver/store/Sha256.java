package convoy.driver.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every Java platform has. */
public final class Sha256 {
  private Sha256() {}

  /** A digest that has seen nothing. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The digest of bytes, 32 bytes long. */
  public static byte[] of(byte[] bytes) {
    return start().digest(bytes);
  }

  /**
   * The digest of what {@code digest} has seen, 64 lower-case hexadecimal digits; afterwards it has
   * seen nothing.
   */
  public static String end(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
