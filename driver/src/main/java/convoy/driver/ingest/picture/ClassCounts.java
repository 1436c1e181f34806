package convoy.driver.ingest.picture;

import convoy.driver.failure.Shown;
import convoy.worker.image.Split;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How many images of each class each split has. */
public final class ClassCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final TreeMap<Split, TreeMap<Integer, Long>> images = new TreeMap<>();

  /** No images yet, of that many classes. */
  public ClassCounts(int classes) {
    this.classes = classes;
  }

  /** Adds images of a class to a split. */
  public void add(Split split, int label, long count) {
    images.computeIfAbsent(split, any -> new TreeMap<>()).merge(label, count, Long::sum);
  }

  /** Adds all images of others, of the same classes. */
  public void addAll(ClassCounts others) {
    others.images.forEach(
        (split, counts) -> counts.forEach((label, count) -> add(split, label, count)));
  }

  /** The splits that have any. */
  public Set<Split> splits() {
    return images.keySet();
  }

  /** The images of a split of each class, in label order; empty if it has none. */
  public List<Long> of(Split split) {
    TreeMap<Integer, Long> counts = images.get(split);
    return counts == null
        ? List.of()
        : IntStream.range(0, classes).mapToObj(label -> counts.getOrDefault(label, 0L)).toList();
  }

  /** The images of a split. */
  public long total(Split split) {
    return of(split).stream().mapToLong(Long::longValue).sum();
  }

  /** Everything in one map, as the set's description has it. */
  public Map<Split, List<Long>> perClass() {
    return images.keySet().stream().collect(Collectors.toMap(split -> split, this::of));
  }

  /**
   * Checks that every class has images in each of these splits.
   *
   * @param source what is imported
   * @throws convoy.driver.failure.UserException naming the first class that has none
   */
  public void requireEveryClass(Set<Split> splits, List<String> classNames, String source) {
    for (Split split : EnumSet.copyOf(splits)) {
      List<Long> counts = of(split);
      List<String> missing =
          IntStream.range(0, classes)
              .filter(label -> counts.isEmpty() || counts.get(label) == 0)
              .mapToObj(classNames::get)
              .toList();
      if (!missing.isEmpty()) {
        throw Refusal.of(
            source,
            "class \"%s\"%s no %s images (add some, take the class out, or choose another share or"
                + " --seed)",
            Shown.name(missing.get(0)),
            missing.size() == 1
                ? " has"
                : " and %d more of %d have".formatted(missing.size() - 1, classes),
            split.word());
      }
    }
  }
}
