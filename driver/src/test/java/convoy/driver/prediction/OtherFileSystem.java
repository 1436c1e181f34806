package convoy.driver.prediction;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local files under another scheme, {@code other:}, so that they pass for a foreign file system.
 */
public final class OtherFileSystem extends RawLocalFileSystem {
  /** A configuration that knows it. */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.other.impl", OtherFileSystem.class.getName());
    return configuration;
  }

  @Override
  public URI getUri() {
    return URI.create("other:///");
  }
}
