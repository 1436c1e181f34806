package convoy.driver.ingest;

import convoy.driver.failure.Shown;
import convoy.driver.ingest.picture.ClassCounts;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.Refusal;
import convoy.worker.image.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the classes that lack images because files of theirs could not be read. */
final class UnreadableClasses {
  private final FoundPictures found;
  private final Map<Split, List<Long>> images;
  private final Map<RejectedClass.Place, RejectedClass> rejected = new LinkedHashMap<>();

  /**
   * The classes of a source.
   *
   * @param images what was read of it
   * @param reports that say what was not
   */
  UnreadableClasses(FoundPictures found, ClassCounts images, List<TaskReport> reports) {
    this.found = found;
    this.images = images.perClass();
    for (TaskReport task : reports) {
      task.rejected().forEach(part -> rejected.merge(part.place(), part, RejectedClass::plus));
    }
  }

  /**
   * Checks that no class without images in one of these splits has unreadable files for it.
   *
   * @throws convoy.driver.failure.UserException naming such a class and the first of these files
   */
  void requireNone(Set<Split> splits, String source) {
    for (RejectedClass files : rejected.values()) {
      int label = files.place().label();
      Split given = files.place().given();
      for (Split split : splits) {
        if (origin(split) == given && images(split, label) == 0) {
          long read =
              splits.stream()
                  .filter(other -> origin(other) == given)
                  .mapToLong(other -> images(other, label))
                  .sum();
          throw Refusal.of(
              source,
              "class \"%s\" has no %s images, since %s of its %,d files for %s could not be read,"
                  + " the first %s (repair them, or take the class out)",
              Shown.name(found.classNames().get(label)),
              split.word(),
              read == 0 ? "all" : Long.toString(files.count()),
              read + files.count(),
              given.word(),
              files.first());
        }
      }
    }
  }

  /** Where the source has the pictures of a split; what is taken by a share it has for training. */
  private Split origin(Split split) {
    return found.given().contains(split) ? split : Split.TRAINING;
  }

  private long images(Split split, int label) {
    return images.containsKey(split) ? images.get(split).get(label) : 0;
  }
}
