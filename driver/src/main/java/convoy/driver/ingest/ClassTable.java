package convoy.driver.ingest;

import convoy.driver.failure.Shown;
import convoy.worker.image.Split;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** How many images each class has in each split, as a table for people. */
final class ClassTable {
  /** Classes that are all shown; of more, the first few are. */
  private static final int MOST_SHOWN = 200;

  private static final int FIRST_SHOWN = 20;
  private static final int MOST_NAME_WIDTH = 40;

  private ClassTable() {}

  /** The table: a heading, one line per class, and a line that says how many more there are. */
  static String of(List<String> classNames, Map<Split, List<Long>> images) {
    List<Split> splits = List.of(Split.values()).stream().filter(images::containsKey).toList();
    int shown = classNames.size() > MOST_SHOWN ? FIRST_SHOWN : classNames.size();
    List<String> names = classNames.stream().limit(shown).map(Shown::name).toList();
    int width =
        Math.min(
            MOST_NAME_WIDTH,
            names.stream().mapToInt(String::length).reduce("class".length(), Math::max));
    StringBuilder text = new StringBuilder();
    row(text, width, "class", splits.stream().map(Split::word).toList());
    IntStream.range(0, shown)
        .forEach(
            label ->
                row(
                    text,
                    width,
                    names.get(label),
                    splits.stream().map(split -> count(images.get(split).get(label))).toList()));
    if (shown < classNames.size()) {
      text.append(
          String.format(Locale.ROOT, "  and %,d more classes\n", classNames.size() - shown));
    }
    return text.toString();
  }

  private static String count(long images) {
    return String.format(Locale.ROOT, "%,d", images);
  }

  private static void row(StringBuilder text, int width, String name, List<String> cells) {
    text.append(String.format(Locale.ROOT, "  %-" + width + "s", name));
    cells.forEach(cell -> text.append(String.format(Locale.ROOT, " %11s", cell)));
    text.append('\n');
  }
}
