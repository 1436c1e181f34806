package convoy.driver.ingest.picture;

import convoy.worker.image.Split;
import java.util.List;
import java.util.Set;

/**
 * What an import has found at its source, before any picture is decoded.
 *
 * @param classNames the names of the classes in label order
 * @param given the splits that the source itself has; training alone where it has none
 * @param listed the pictures of each class that were found; nothing where only reading all of them
 *     tells
 * @param tasks what is to be read, in the order of the records
 */
public record FoundPictures(
    List<String> classNames, Set<Split> given, ClassCounts listed, List<PictureTask> tasks) {
  /** Copies the collections. */
  public FoundPictures {
    classNames = List.copyOf(classNames);
    given = Set.copyOf(given);
    tasks = List.copyOf(tasks);
  }

  /** The pictures of files of known classes and splits, in order. */
  public static FoundPictures of(
      List<String> classNames, Set<Split> given, List<LabelledFile> files) {
    ClassCounts listed = new ClassCounts(classNames.size());
    files.forEach(file -> listed.add(file.given(), file.label(), 1));
    return new FoundPictures(classNames, given, listed, TaskCutter.cut(files));
  }

  /** How many pictures there are. */
  public long pictures() {
    return tasks.stream().mapToLong(PictureTask::pictures).sum();
  }
}
