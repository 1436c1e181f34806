package convoy.driver.ingest.tar;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that counts the bytes that were read, and the zeros at their end. A tar ends in blocks
 * of zeros; one that was cut between two entries can be told by nothing else.
 */
final class TrailingZeros extends FilterInputStream {
  private final byte[] passedOver = new byte[16 << 10];
  private long position;
  private long zeros;

  TrailingZeros(InputStream in) {
    super(in);
  }

  /** How many bytes were read. */
  long position() {
    return position;
  }

  /** How many of the bytes read last were zeros. */
  long zeros() {
    return zeros;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      position++;
      zeros = value == 0 ? zeros + 1 : 0;
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    int atEnd = 0;
    while (atEnd < read && buffer[offset + read - 1 - atEnd] == 0) {
      atEnd++;
    }
    if (read > 0) {
      position += read;
      zeros = atEnd == read ? zeros + atEnd : atEnd;
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
