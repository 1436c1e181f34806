package convoy.driver.ingest.picture;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labels of classes: the place of each name in the list of class names, from 0. */
public final class ClassLabels {
  private ClassLabels() {}

  /** The label of each of these names. */
  public static Map<String, Integer> of(List<String> classNames) {
    Map<String, Integer> labels = new HashMap<>();
    for (int label = 0; label < classNames.size(); label++) {
      labels.put(classNames.get(label), label);
    }
    return labels;
  }
}
