package convoy.driver.ingest.tar;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that counts the zero bytes at the end of what was read. A tar ends in blocks of zeros;
 * one that was cut between two entries can be told by nothing else.
 */
final class TrailingZeros extends FilterInputStream {
  private final byte[] passedOver = new byte[16 << 10];
  private long count;

  TrailingZeros(InputStream in) {
    super(in);
  }

  /** How many of the bytes read last were zeros. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      count = value == 0 ? count + 1 : 0;
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    int zeros = 0;
    while (zeros < read && buffer[offset + read - 1 - zeros] == 0) {
      zeros++;
    }
    if (read > 0) {
      count = zeros == read ? count + zeros : zeros;
    }
    return read;
  }

  /** Reads what it skips, so that the zeros among it count. */
  @Override
  public long skip(long bytes) throws IOException {
    long skipped = 0;
    while (skipped < bytes) {
      int read = read(passedOver, 0, (int) Math.min(passedOver.length, bytes - skipped));
      if (read < 0) {
        return skipped;
      }
      skipped += read;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
