package convoy.driver.ingest.picture;

import convoy.worker.image.Split;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that folders, archives and tables call a split by, in small or capital letters. */
public final class SplitWords {
  /** The words as a message lists them. */
  public static final String ALL = "train, training, val, validation, test or testing";

  private static final Map<String, Split> WORDS =
      Map.of(
          "train", Split.TRAINING,
          "training", Split.TRAINING,
          "val", Split.VALIDATION,
          "validation", Split.VALIDATION,
          "test", Split.TEST,
          "testing", Split.TEST);

  private static final Pattern FIRST_WORD = Pattern.compile("(?s)([A-Za-z]+)(?:[^\\p{L}].*)?");

  private SplitWords() {}

  /** The split that a word means, if it means one. */
  public static Optional<Split> of(String word) {
    return Optional.ofNullable(WORDS.get(word.toLowerCase(Locale.ROOT)));
  }

  /** The split that a file name begins with, as {@code val-0003.tar} does. */
  public static Optional<Split> ofFirstWord(String fileName) {
    Matcher matcher = FIRST_WORD.matcher(fileName);
    return matcher.matches() ? of(matcher.group(1)) : Optional.empty();
  }
}
