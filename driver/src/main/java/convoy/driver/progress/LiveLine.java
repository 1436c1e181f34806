package convoy.driver.progress;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The last line of a terminal, which renews itself. What is written to this stream goes above it,
 * as soon as its own line has ended.
 */
final class LiveLine extends OutputStream {
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream terminal;
  private String line = "";
  private boolean atLineStart = true;

  LiveLine(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Shows a line in place of the last one; the empty line takes it away. */
  synchronized void show(String text) {
    if (atLineStart) {
      // In one go, so that a line of the same length does not flicker.
      terminal.print(text.isEmpty() && line.isEmpty() ? "" : "\r" + text + "\u001b[K");
      terminal.flush();
    }
    line = text;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    if (atLineStart && !line.isEmpty()) {
      terminal.print(ERASE);
    }
    terminal.write(bytes, offset, length);
    atLineStart = bytes[offset + length - 1] == '\n';
    if (atLineStart) {
      terminal.print(line);
    }
    terminal.flush();
  }

  @Override
  public void write(int oneByte) {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }
}
