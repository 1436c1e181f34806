package convoy.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Markdown file: its prose, its headings, and what stands in back quotes or between fences. */
final class MarkdownPage {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");

  /** Lines between fences, or lines after a heading or an empty line that are indented by four. */
  private record Block(String language, List<String> lines) {}

  private final List<Block> blocks = new ArrayList<>();
  private final StringBuilder prose = new StringBuilder();

  private MarkdownPage() {}

  static MarkdownPage read(Path file) throws IOException {
    MarkdownPage page = new MarkdownPage();
    Block block = null;
    boolean fenced = false;
    boolean afterBlank = true;
    for (String line : Files.readAllLines(file)) {
      if (line.strip().startsWith("```")) {
        fenced = !fenced;
        block = fenced ? page.open(line.strip().substring(3)) : null;
      } else if (fenced) {
        block.lines().add(line);
      } else if (line.startsWith("    ") && (afterBlank || block != null)) {
        block = block == null ? page.open("") : block;
        block.lines().add(line.strip());
      } else {
        block = null;
        page.prose.append(line).append('\n');
      }
      afterBlank = line.isBlank();
    }
    return page;
  }

  private Block open(String language) {
    Block block = new Block(language, new ArrayList<>());
    blocks.add(block);
    return block;
  }

  /** The targets of its links and images. */
  List<String> links() {
    return matches(LINK, QUOTED.matcher(prose).replaceAll("q"));
  }

  /** What stands in back quotes, line breaks replaced by spaces. */
  List<String> quoted() {
    return matches(QUOTED, prose).stream().map(text -> text.replaceAll("\\s+", " ")).toList();
  }

  /** Blocks of code, the lines of a shell command that goes on in the next line joined. */
  List<List<String>> code(String language) {
    return blocks.stream()
        .filter(block -> block.language().equals(language))
        .map(block -> String.join("\n", block.lines()).replaceAll("\\\\\n\\s*", " "))
        .map(text -> text.lines().toList())
        .toList();
  }

  /** The anchors of its headings, as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String heading : matches(HEADING, prose)) {
      String anchor =
          heading
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  private static List<String> matches(Pattern pattern, CharSequence text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
