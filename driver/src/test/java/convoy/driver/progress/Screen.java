package convoy.driver.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a terminal of endless width shows after all that was printed to it. */
final class Screen {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(printed, true, UTF_8);

  /** Where to print. */
  PrintStream stream() {
    return stream;
  }

  /** The lines; the last one is where the cursor is. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int column = 0;
    String text = printed.toString(UTF_8);
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\u001b[K", i)) {
        line.setLength(column);
        i += 2;
      } else if (text.charAt(i) == '\n') {
        lines.add(line.toString());
        line.setLength(0);
        column = 0;
      } else if (text.charAt(i) == '\r') {
        column = 0;
      } else {
        line.replace(column, Math.min(column + 1, line.length()), text.substring(i, i + 1));
        column++;
      }
    }
    lines.add(line.toString());
    return lines;
  }
}
