package convoy.driver.ingest.table;

/** A path as Spark's readers must get it: they take a name for a pattern. */
public final class LiteralPath {
  private LiteralPath() {}

  /** The pattern that this path alone matches. */
  public static String of(String path) {
    return path.replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
  }
}
