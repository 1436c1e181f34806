package convoy.driver.ingest;

import convoy.driver.data.RecordLayout;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.Refusal;
import convoy.worker.image.Split;
import java.util.List;

/** Refuses a source that cannot become an image set, before any picture is decoded. */
final class SourceCheck {
  private SourceCheck() {}

  /**
   * Checks the number of classes, and that what is found fits the shares that are to be put aside.
   *
   * @throws UserException if not
   */
  static void require(FoundPictures found, ImportSpec spec) {
    requireClasses(found.classNames(), spec.from());
    requireShare(found, Split.VALIDATION, spec.validationShare(), spec.from());
    requireShare(found, Split.TEST, spec.testShare(), spec.from());
    if (!found.given().contains(Split.TRAINING)) {
      throw Refusal.of(spec.from(), "it has no training images (add some)");
    }
    if (!found.given().contains(Split.TEST) && spec.testShare() == 0) {
      throw Refusal.of(
          spec.from(),
          "it has no test images (give the share to take for them, for instance --test-share 0.2)");
    }
    if (!found.listed().splits().isEmpty()) {
      found.listed().requireEveryClass(found.given(), found.classNames(), spec.from());
    }
  }

  /**
   * Checks that no picture lies where the set is to be written, which a table may name anywhere.
   *
   * @param output the location of the set's directory
   * @throws UserException if one does
   */
  static void requireApartFrom(String output, FoundPictures found) {
    found.tasks().stream()
        .flatMap(PictureTask::locations)
        .filter(location -> location.startsWith(output + "/"))
        .findFirst()
        .ifPresent(
            location -> {
              throw new UserException(
                  ExitCode.INPUT,
                  "Cannot write to %s: the picture %s lies in it (choose another --output)"
                      .formatted(output, Shown.path(location)));
            });
  }

  private static void requireClasses(List<String> classNames, String source) {
    if (classNames.size() < 2) {
      throw Refusal.of(
          source,
          "it has only one class, \"%s\" (give at least two classes, each with a folder or label of"
              + " its own)",
          Shown.name(classNames.get(0)));
    }
    if (classNames.size() > RecordLayout.MOST_CLASSES) {
      throw Refusal.of(
          source,
          "it has %,d classes, and at most %,d are possible (check that the label is the class and"
              + " not the name of each picture)",
          classNames.size(),
          RecordLayout.MOST_CLASSES);
    }
  }

  private static void requireShare(FoundPictures found, Split split, double share, String source) {
    if (share > 0 && found.given().contains(split)) {
      throw Refusal.of(
          source,
          "it has %s images of its own, so that --%s-share %s cannot take others (omit the option)",
          split.word(),
          split.word(),
          share);
    }
  }
}
