package convoy.worker.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A vector of numbers as a file holds it: raw little-endian float32, nothing before or after. */
public final class FloatVector {
  private static final int PIECE_VALUES = 16_384;

  private FloatVector() {}

  /** The bytes of {@code values}, four each; NaN payloads and negative zero are kept. */
  public static byte[] toBytes(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  /**
   * The numbers in {@code bytes}.
   *
   * @throws IllegalArgumentException if they are not a whole number of float32 values
   */
  public static float[] fromBytes(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "Cannot read float32 values from %d bytes: not a multiple of 4".formatted(bytes.length));
    }
    float[] values = new float[bytes.length / Float.BYTES];
    floats(bytes).get(values);
    return values;
  }

  /**
   * Writes the bytes of {@code values}, four each, a small piece at a time: no second copy of them
   * is ever in memory.
   */
  public static void write(float[] values, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE_VALUES * Float.BYTES];
    FloatBuffer floats = floats(piece);
    for (int start = 0; start < values.length; start += PIECE_VALUES) {
      int count = Math.min(PIECE_VALUES, values.length - start);
      floats.clear().put(values, start, count);
      out.write(piece, 0, count * Float.BYTES);
    }
  }

  /**
   * Reads {@code count} numbers, a small piece at a time.
   *
   * @throws EOFException if there are fewer
   */
  public static float[] read(InputStream in, int count) throws IOException {
    float[] values = new float[count];
    byte[] piece = new byte[PIECE_VALUES * Float.BYTES];
    FloatBuffer floats = floats(piece);
    for (int start = 0; start < count; start += PIECE_VALUES) {
      int wanted = Math.min(PIECE_VALUES, count - start);
      int bytes = in.readNBytes(piece, 0, wanted * Float.BYTES);
      if (bytes < wanted * Float.BYTES) {
        throw new EOFException(
            "Cannot read %d float32 values: they end after %d bytes"
                .formatted(count, (long) start * Float.BYTES + bytes));
      }
      floats.clear().get(values, start, wanted);
    }
    return values;
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /** The SHA-256 of {@code bytes}, in 64 lower-case hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
