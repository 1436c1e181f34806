package convoy.driver.ingest;

import convoy.worker.image.Split;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How many images of each class each split has. */
final class ClassCounts {
  private final int classes;
  private final Map<Split, long[]> images = new EnumMap<>(Split.class);

  /** No images yet, of that many classes. */
  ClassCounts(int classes) {
    this.classes = classes;
  }

  /** Adds images of a class to a split. */
  void add(Split split, int label, long count) {
    images.computeIfAbsent(split, any -> new long[classes])[label] += count;
  }

  /** Adds what a file of records holds. */
  void add(PartReport part) {
    for (int i = 0; i < part.labels().length; i++) {
      add(part.split(), part.labels()[i], part.images()[i]);
    }
  }

  /** The splits that have any. */
  Set<Split> splits() {
    return images.keySet();
  }

  /** The images of a split of each class, in label order; empty if it has none. */
  List<Long> of(Split split) {
    return images.containsKey(split)
        ? Arrays.stream(images.get(split)).boxed().toList()
        : List.of();
  }

  /** The images of a split. */
  long total(Split split) {
    return of(split).stream().mapToLong(Long::longValue).sum();
  }

  /** Everything in one map, as the set's description has it. */
  Map<Split, List<Long>> perClass() {
    return images.keySet().stream().collect(Collectors.toMap(split -> split, this::of));
  }

  /**
   * Checks that every class has images in each of these splits.
   *
   * @param source what is imported
   * @throws convoy.driver.failure.UserException naming the first class that has none
   */
  void requireEveryClass(Set<Split> splits, List<String> classNames, String source) {
    for (Split split : splits) {
      List<Long> counts = of(split);
      List<String> missing =
          IntStream.range(0, classes)
              .filter(label -> counts.isEmpty() || counts.get(label) == 0)
              .mapToObj(classNames::get)
              .toList();
      if (!missing.isEmpty()) {
        throw Refusal.of(
            source,
            "class \"%s\" has no %s images%s (add some, take the class out, or choose another share"
                + " or --seed)",
            missing.get(0),
            SplitWords.word(split),
            missing.size() == 1 ? "" : ", nor have %,d others".formatted(missing.size() - 1));
      }
    }
  }
}
