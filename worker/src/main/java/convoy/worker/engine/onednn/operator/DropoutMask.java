package convoy.worker.engine.onednn.operator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Random masks by counting: value number i is kept if a hash of i and a key falls below a bound. It
 * goes through the values in pieces that stay in the cache, and every loop is one that the JIT
 * compiler turns into vector instructions; so the factors are made as bits, in an array of int, and
 * become floats by being copied through a buffer.
 */
final class DropoutMask {
  private static final int PIECE = 2048;

  /** 2^32 over the golden ratio: consecutive counters spread over all 32 bits. */
  private static final int WEYL = 0x9E3779B9;

  private final int bound;
  private final int scaleBits;
  private final int[] counters = new int[PIECE];
  private final int[] bits = new int[PIECE];
  private final float[] factors = new float[PIECE];
  private final float[] piece = new float[PIECE];
  private final IntBuffer asBits;
  private final FloatBuffer asFactors;

  DropoutMask(double keep) {
    bound = (int) Math.min(Integer.MAX_VALUE, Math.round(keep * 0x1p31));
    scaleBits = Float.floatToRawIntBits((float) (1 / keep));
    // The compiler makes no vectors of a loop's own variable.
    for (int i = 0; i < PIECE; i++) {
      counters[i] = i * WEYL;
    }
    ByteBuffer bridge = ByteBuffer.allocateDirect(PIECE * Float.BYTES);
    asBits = bridge.order(ByteOrder.nativeOrder()).asIntBuffer();
    asFactors = bridge.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Multiplies each value with 0 or with the inverse of the probability to keep it. */
  void apply(int key, FloatBuffer values) {
    int count = values.limit();
    for (int start = 0; start < count; start += PIECE) {
      int length = Math.min(PIECE, count - start);
      draw(key, start);
      asBits.put(0, bits);
      asFactors.get(0, factors);
      values.get(start, piece, 0, length);
      for (int i = 0; i < PIECE; i++) {
        piece[i] *= factors[i];
      }
      values.put(start, piece, 0, length);
    }
  }

  /**
   * The factors of a piece, as bits. The hash is Wellons's {@code lowbias32} ("Prospecting for Hash
   * Functions", 2018).
   */
  private void draw(int key, int start) {
    int first = key + start * WEYL;
    for (int i = 0; i < PIECE; i++) {
      int hash = first + counters[i];
      hash ^= hash >>> 16;
      hash *= 0x7feb352d;
      hash ^= hash >>> 15;
      hash *= 0x846ca68b;
      hash ^= hash >>> 16;
      bits[i] = (((hash >>> 1) - bound) >> 31) & scaleBits;
    }
  }
}
