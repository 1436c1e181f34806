package convoy.driver.ingest;

import convoy.driver.failure.Shown;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an import came to.
 *
 * @param location the directory of the set, a URI
 * @param storedShape of every image
 * @param classNames in label order
 * @param imagesPerClass how many images each class has, in label order, by split
 * @param copies pictures that are in the set more than once
 * @param rejections pictures that could not be read
 */
public record ImportSummary(
    String location,
    ImageShape storedShape,
    List<String> classNames,
    Map<Split, List<Long>> imagesPerClass,
    Copies copies,
    Rejections rejections) {
  /** The images of a split. */
  public long images(Split split) {
    return imagesPerClass.getOrDefault(split, List.of()).stream().mapToLong(Long::longValue).sum();
  }

  /** The summary as a text of some lines, for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "Imported %,d training%s and %,d test images of %,d classes to %s, stored at %dx%d pixels",
        images(Split.TRAINING),
        images(Split.VALIDATION) == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d validation", images(Split.VALIDATION)),
        images(Split.TEST),
        classNames.size(),
        location,
        storedShape.width(),
        storedShape.height());
    text.append(ClassTable.of(classNames, imagesPerClass));
    appendCopies(text);
    if (rejections.count() > 0) {
      line(
          text,
          "Left out as unreadable: %,d (%s/rejected gives the reason for each)",
          rejections.count(),
          location);
      rejections.byCode().forEach((code, count) -> line(text, "  %-18s %,9d", code, count));
    }
    return text.toString();
  }

  private void appendCopies(StringBuilder text) {
    if (copies.count() == 0) {
      return;
    }
    line(
        text,
        "Copies of another picture, byte for byte: %,d (%s/copies lists them)",
        copies.count(),
        location);
    Copies.Some splits = copies.acrossSplits();
    Copies.Some classes = copies.acrossClasses();
    if (splits.count() > 0) {
      line(text, "Warning: copies in another split than the original: %,d", splits.count());
      splits.first().forEach(pair -> appendPair(text, pair));
    }
    if (classes.count() > 0) {
      line(text, "Warning: copies under another class than the original: %,d", classes.count());
      classes.first().forEach(pair -> appendPair(text, pair));
    }
    if (splits.count() == 0 && classes.count() == 0) {
      copies.all().first().forEach(pair -> appendPair(text, pair));
    }
  }

  private static void appendPair(StringBuilder text, Copies.Pair pair) {
    line(text, "  %s = %s", shown(pair.copy()), shown(pair.first()));
  }

  private static String shown(Copies.Place place) {
    return "%s (%s, %s)"
        .formatted(Shown.path(place.path()), Shown.name(place.className()), place.split());
  }

  private static void line(StringBuilder text, String pattern, Object... values) {
    text.append(String.format(Locale.ROOT, pattern, values)).append('\n');
  }
}
