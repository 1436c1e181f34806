package convoy.driver.files;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local files under another scheme, {@code other:}, so that they pass for a foreign file system,
 * which can be out of reach for a while.
 */
public final class OtherFileSystem extends RawLocalFileSystem {
  private static final AtomicInteger REFUSALS = new AtomicInteger();

  /** A configuration that knows it. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.other.impl", OtherFileSystem.class.getName());
    return configuration;
  }

  /** Lets the next files that are opened, that many, meet no server. */
  public static void refuse(int files) {
    REFUSALS.set(files);
  }

  @Override
  public URI getUri() {
    return URI.create("other:///");
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    if (REFUSALS.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new ConnectException("Connection refused");
    }
    return super.open(file, bufferSize);
  }
}
