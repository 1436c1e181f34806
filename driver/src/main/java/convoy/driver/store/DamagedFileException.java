package convoy.driver.store;

import java.io.IOException;

/** A file is not as it was written. Any other failure to read it says nothing about its content. */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A file of which {@code message} tells what is wrong with it. */
  public DamagedFileException(String message) {
    super(message);
  }
}
