package convoy.driver.ingest.table;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/**
 * The text of lines, for a parser that wants a reader. It hands out one line at a time, so that the
 * parser has done with the lines before when one is refused.
 */
final class LinesReader extends Reader {
  private final TextLines lines;
  private Reader line = Reader.nullReader();
  private long row = 1;
  private long rowLength;
  private IOException failure;

  LinesReader(TextLines lines) {
    this.lines = lines;
  }

  /** Begins to count the characters of a row, which is refused when it has too many. */
  void startRow(long lineNumber) {
    row = lineNumber;
    rowLength = 0;
  }

  /** Throws what went wrong with the file itself, since a parser throws as much for its syntax. */
  void throwFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read(char[] characters, int start, int length) throws IOException {
    int count = line.read(characters, start, length);
    if (count < 0) {
      String next = nextLine();
      if (next == null) {
        return -1;
      }
      line = new StringReader(next);
      count = line.read(characters, start, length);
    }
    rowLength += count;
    if (rowLength > TextLines.MOST_BYTES) {
      throw lines.refusal(
          "the row from line %,d on has more than %,d characters (is a quote never closed?)",
          row, TextLines.MOST_BYTES);
    }
    return count;
  }

  private String nextLine() throws IOException {
    try {
      return lines.next();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Closes nothing: the stream of the lines belongs to who opened it. */
  @Override
  public void close() {}
}
