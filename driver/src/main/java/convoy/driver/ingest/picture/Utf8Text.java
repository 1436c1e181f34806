package convoy.driver.ingest.picture;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of a file that names classes. Bytes that are not UTF-8 are not replaced, since two names
 * could become one by that.
 */
public final class Utf8Text {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private Utf8Text() {}

  /** The text without the byte order mark that it may begin with; empty if it is not UTF-8. */
  public static Optional<String> of(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
