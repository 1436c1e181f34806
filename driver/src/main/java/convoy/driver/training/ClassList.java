package convoy.driver.training;

import convoy.driver.failure.Shown;
import convoy.driver.store.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Class names in label order as one text, to keep them among the settings of a training run. */
final class ClassList {
  private ClassList() {}

  /** The names as a JSON array. */
  static String text(List<String> names) {
    try {
      return new String(StrictJson.bytes(names), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In what two different lists differ first, as half a message. */
  static String difference(String before, String now) {
    String[] old = names(before);
    String[] fresh = names(now);
    if (old.length != fresh.length) {
      return "the image set had %d classes and now has %d".formatted(old.length, fresh.length);
    }
    int first = 0;
    while (old[first].equals(fresh[first])) {
      first++;
    }
    return "label %d of the image set was \"%s\" and is now \"%s\""
        .formatted(first, Shown.name(old[first]), Shown.name(fresh[first]));
  }

  private static String[] names(String text) {
    try {
      return StrictJson.read(text.getBytes(StandardCharsets.UTF_8), String[].class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
