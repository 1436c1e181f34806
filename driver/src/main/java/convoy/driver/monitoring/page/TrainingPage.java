package convoy.driver.monitoring.page;

/** placeholder until the page branch is merged. */
public final class TrainingPage {
  private TrainingPage() {}

  /** The content. */
  public static String content(String json) {
    return "<pre id=\"convoy\"></pre>" + json.length();
  }
}
