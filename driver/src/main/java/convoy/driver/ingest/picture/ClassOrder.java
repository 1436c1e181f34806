package convoy.driver.ingest.picture;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order of classes: by name, as Java compares texts, so that 10 comes before 9. */
public final class ClassOrder {
  private ClassOrder() {}

  /** The label of each name, its place in the list. */
  public static Map<String, Integer> labels(List<String> classNames) {
    Map<String, Integer> labels = new HashMap<>();
    for (int label = 0; label < classNames.size(); label++) {
      labels.put(classNames.get(label), label);
    }
    return labels;
  }
}
