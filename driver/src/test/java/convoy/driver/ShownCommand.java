package convoy.driver;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A command of Convoy as a document shows it.
 *
 * @param words that name it, such as {@code data import}
 * @param options that it is given
 * @param keys that {@code --set} and {@code --vary} are given
 */
record ShownCommand(List<String> words, List<String> options, List<String> keys) {
  private static final Pattern START =
      Pattern.compile("(?:^convoy|(?:^|\\s)\\S*(?:/convoy|convoy-app[.]jar))\\s");
  private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");
  private static final Pattern KEY = Pattern.compile("([a-z][a-z0-9.-]*)=");

  /** Options that the launcher takes before or after the command. */
  private static final Set<String> LAUNCHERS = Set.of("--master", "--conf");

  /** The command in a line of shell, if it has one with a name. */
  static Optional<ShownCommand> in(String line) {
    var start = START.matcher(line + " ");
    if (!start.find()) {
      return Optional.empty();
    }
    ShownCommand shown = new ShownCommand(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Iterator<String> words =
        WORD.matcher(line.substring(Math.min(start.end(), line.length())))
            .results()
            .map(MatchResult::group)
            .iterator();
    while (words.hasNext() && shown.take(words.next(), words)) {}
    return shown.words().isEmpty() ? Optional.empty() : Optional.of(shown);
  }

  /** Whether the command goes on after a word. */
  private boolean take(String word, Iterator<String> following) {
    String option = word.replaceFirst("=.*", "");
    if (LAUNCHERS.contains(option)) {
      if (option.equals(word) && following.hasNext()) {
        following.next();
      }
    } else if (option.startsWith("--")) {
      options.add(option);
      if (option.equals("--set") || option.equals("--vary")) {
        takeKeys(option.equals(word) && following.hasNext() ? following.next() : word);
      }
    } else if (options.isEmpty() && word.matches("[a-z]+") && words.size() < 2) {
      words.add(word);
    }
    return !word.matches("[|&;)>#].*");
  }

  private void takeKeys(String assignments) {
    KEY.matcher(assignments.replaceFirst("^--set=", ""))
        .results()
        .forEach(key -> keys.add(key.group(1)));
  }
}
