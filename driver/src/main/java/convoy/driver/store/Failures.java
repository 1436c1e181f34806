package convoy.driver.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;

/** Tells failures of one file from failures of the file system, and puts either into one line. */
public final class Failures {
  private Failures() {}

  /**
   * Throws a failure on if another file would have met it too: the file system is out of reach, or
   * this task is being stopped. Such a failure says nothing about the file.
   */
  public static void requireOfThisFile(IOException failure) throws IOException {
    if (failure instanceof SocketException
        || failure instanceof UnknownHostException
        || failure instanceof InterruptedIOException
        || failure instanceof ClosedByInterruptException) {
      throw failure;
    }
  }

  /** The kind of failure and the first line of what it says; a remote one brings its stack too. */
  public static String firstLine(Throwable failure) {
    String kind = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    return message == null ? kind : kind + ", " + message.lines().findFirst().orElse("");
  }
}
