package convoy.driver.files;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names of local files as URIs whose escapes hold the very bytes of the name. Hadoop and Java names
 * are text, so a name in another encoding than the process's, or in none, would be lost in them; by
 * its bytes each file can be listed on the driver and opened on an executor whatever their locales.
 */
public final class LocalFiles {
  private static final String SCHEME = "file:";
  private static final String PLAIN = "/-_.~";

  private LocalFiles() {}

  /** Whether a location is one of these URIs. */
  public static boolean isLocal(String location) {
    return location.startsWith(SCHEME);
  }

  /** The location of a file. */
  public static String location(Path file) {
    return SCHEME + file.toUri().getRawPath();
  }

  /** The file at a location. */
  public static Path file(String location) {
    // With three slashes Java keeps the escaped bytes; with one it reads them as text.
    return Path.of(URI.create("file://" + withoutScheme(location)));
  }

  /** The location of the file with that absolute name, in UTF-8. */
  public static String location(String absoluteName) {
    StringBuilder escaped = new StringBuilder(SCHEME);
    for (byte value : absoluteName.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (value & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
        escaped.append(c);
      } else {
        escaped.append("%%%02X".formatted((int) c));
      }
    }
    return escaped.toString();
  }

  /** The escaped absolute name in a location. */
  public static String withoutScheme(String location) {
    return location.substring(SCHEME.length());
  }

  /**
   * The name that Hadoop gives the file, {@code file:/directory/name}, nothing in it escaped; but a
   * byte that is no UTF-8 is shown as {@code \x} and two hexadecimal digits.
   */
  public static String name(String location) {
    ByteBuffer bytes = ByteBuffer.wrap(unescaped(location));
    CharBuffer text = CharBuffer.allocate(bytes.remaining() * 4);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(bytes, text, true);
    while (result.isMalformed()) {
      for (int i = 0; i < result.length(); i++) {
        text.put("\\x%02X".formatted(bytes.get()));
      }
      result = decoder.decode(bytes, text, true);
    }
    return text.flip().toString();
  }

  private static byte[] unescaped(String location) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(location.length());
    for (int i = 0; i < location.length(); i++) {
      if (location.charAt(i) == '%') {
        bytes.write(Integer.parseInt(location, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(location.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
