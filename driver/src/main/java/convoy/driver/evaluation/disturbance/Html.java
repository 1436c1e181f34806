package convoy.driver.evaluation.disturbance;

/** Text in a page. */
final class Html {
  private Html() {}

  /** The text as content or as the value of an attribute in double quotes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
