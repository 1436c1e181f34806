package convoy.bench.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of a library, as Maven wrote it into the library's jar. */
final class LibraryVersion {
  private LibraryVersion() {}

  /** The version on the class path, or {@code unknown}. */
  static String of(String groupId, String artifactId) {
    String file = "/META-INF/maven/%s/%s/pom.properties".formatted(groupId, artifactId);
    try (InputStream in = LibraryVersion.class.getResourceAsStream(file)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
