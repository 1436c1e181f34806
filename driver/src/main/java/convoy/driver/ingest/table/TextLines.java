package convoy.driver.ingest.table;

import convoy.driver.failure.UserException;
import convoy.driver.ingest.picture.Refusal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a table of text, each with the line end that it has. A byte order mark at the start
 * means nothing. Text that is no UTF-8 is refused: each byte that is none would be read as the same
 * character, and names that differ would become one.
 */
final class TextLines {
  /** No row about a picture needs more, and what is no text may have no line ends. */
  static final int MOST_BYTES = 16 << 20;

  private final String file;
  private final BufferedInputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long number;

  /**
   * The lines of a stream, which the caller closes.
   *
   * @param file what messages call it
   */
  TextLines(String file, InputStream in) {
    this.file = file;
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /**
   * The next line with its end; null if there is none.
   *
   * @throws UserException if it is no UTF-8 or endless
   */
  String next() throws IOException {
    bytes.reset();
    readLine();
    if (bytes.size() == 0) {
      return null;
    }
    number++;
    if (bytes.size() > MOST_BYTES) {
      throw refusal("line %,d has more than %,d bytes (is it text?)", number, MOST_BYTES);
    }
    String line = decoded();
    return number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
  }

  /** Refuses the file; the values are as those of {@link Refusal}. */
  UserException refusal(String reason, Object... values) {
    return Refusal.of(file, reason, values);
  }

  private void readLine() throws IOException {
    while (bytes.size() <= MOST_BYTES) {
      int value = in.read();
      if (value < 0) {
        return;
      }
      bytes.write(value);
      if (value == '\n') {
        return;
      }
      if (value == '\r') {
        in.mark(1);
        if (in.read() == '\n') {
          bytes.write('\n');
        } else {
          in.reset();
        }
        return;
      }
    }
  }

  private String decoded() {
    try {
      return decoder.decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw refusal("line %,d is not UTF-8 (save it as UTF-8)", number);
    }
  }
}
