package convoy.driver.monitoring.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What browsers are given to show training runs: style, scripts and data in one piece of HTML that
 * loads nothing else, neither from Spark's web UI nor from anywhere.
 */
public final class TrainingPage {
  /** What each document has near its beginning. */
  public static final String MADE_BY = "<meta name=\"generator\" content=\"Convoy\">";

  private static final String CHARTS =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.js";

  /** In this order, in one scope: later ones use what earlier ones declare. */
  private static final List<String> SCRIPTS =
      List.of(
          "text.js",
          "elements.js",
          "palette.js",
          "charts.js",
          "axis.js",
          "head.js",
          "runs.js",
          "curves.js",
          "times.js",
          "replicas.js",
          "classes.js",
          "predictions.js",
          "pictures.js",
          "settings.js",
          "page.js");

  /** Spark's pages have a title of level 3. */
  private static final int HEADING_BELOW_SPARKS = 4;

  private static final int HEADING_BELOW_TITLE = 2;

  private TrainingPage() {}

  /**
   * What stands below the header of a page of Spark's web UI. While the data says that it is live,
   * the page asks for new data at {@code json}, relative to its own address.
   *
   * @param json the runs, in the form of {@code /training/json}
   * @return HTML, to be inserted as it is
   */
  public static String content(String json) {
    return fragment(json, HEADING_BELOW_SPARKS);
  }

  /**
   * A whole document for a file of its own.
   *
   * @param title of the document, plain text
   * @param json the runs, in the form of {@code /training/json}, not live
   */
  public static String document(String title, String json) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        %3$s
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>%1$s</title>
        <style>
        body { margin: 0; padding: 1.5rem clamp(1rem, 3vw, 2.5rem); }
        h1 { max-width: 1360px; margin: 0 auto 0.25rem; font: 500 0.9rem/1.5 system-ui, sans-serif; }
        </style>
        </head>
        <body>
        <main>
        <h1>%1$s</h1>
        %2$s
        </main>
        </body>
        </html>
        """
        .formatted(escapedText(title), fragment(json, HEADING_BELOW_TITLE), MADE_BY);
  }

  private static String fragment(String json, int heading) {
    return """
        <style>
        %s</style>
        <div id="convoy" data-heading="%d"><noscript>This page needs JavaScript.</noscript></div>
        <script type="application/json" id="convoy-data">%s</script>
        <script>
        %s</script>
        <script>
        (() => {
        "use strict";
        %s})();
        </script>
        """
        .formatted(resource("page.css"), heading, escapedJson(json), charts(), scripts());
  }

  private static String charts() {
    // The map of its source is not there, and a browser's tools would ask for it.
    return resource(CHARTS).replaceFirst("//# sourceMappingURL=\\S+\\s*$", "");
  }

  private static String scripts() {
    return SCRIPTS.stream().map(TrainingPage::resource).collect(Collectors.joining("\n"));
  }

  /** The same JSON with nothing in it that ends a script element or a line of one. */
  private static String escapedJson(String json) {
    // Outside of strings, JSON has none of these characters.
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String escapedText(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) {
    try (InputStream resource = TrainingPage.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("Class path has no " + name);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
