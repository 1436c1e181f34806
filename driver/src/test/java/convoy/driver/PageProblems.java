package convoy.driver;

import convoy.driver.config.ReferenceConfig;
import convoy.driver.failure.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what a page of the documents says and the repository does not have. */
final class PageProblems {
  /** A command writes them. */
  private static final Set<String> OUTPUTS = Set.of("sweep.md");

  private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
  private static final Pattern PATH =
      Pattern.compile("(?:[.]ci|[.]mvn|conf|driver|scripts|src|worker)/[A-Za-z0-9._/-]*");
  private static final Pattern PAGE_NAME = Pattern.compile("[A-Za-z-]+[.]md");
  private static final Pattern DOTTED = Pattern.compile("[a-z0-9-]+([.][a-z0-9*-]+)+");
  private static final Set<String> FILE_ENDINGS =
      Set.of(
          "bin", "cls", "conf", "csv", "f32", "html", "jpg", "json", "jsonl", "md", "png", "py",
          "txt");

  private final Path root;
  private final Set<String> keys = ReferenceConfig.load().keys();
  private final Set<String> blocks;
  private final Map<String, Set<String>> optionsOfCommands = new HashMap<>();

  PageProblems(Path root) {
    this.root = root;
    this.blocks =
        keys.stream().map(key -> key.replaceFirst("[.].*", "")).collect(Collectors.toSet());
  }

  /** One line for each of them, beginning with the file. */
  List<String> in(Path file) throws IOException {
    MarkdownPage page = MarkdownPage.read(file);
    List<String> problems = new ArrayList<>();
    for (String link : page.links()) {
      check(file, page, link, problems);
    }
    for (String quoted : page.quoted()) {
      checkPath(file, quoted, problems);
      checkKey(quoted.replaceFirst(" ?=.*", ""), problems);
      ShownCommand.in(quoted).ifPresent(command -> check(command, problems));
    }
    for (List<String> lines : page.code("")) {
      for (int i = 0; i < lines.size(); i++) {
        boolean refused = i + 1 < lines.size() && lines.get(i + 1).startsWith("convoy: Cannot");
        if (!refused) {
          ShownCommand.in(lines.get(i)).ifPresent(command -> check(command, problems));
        }
      }
    }
    return problems.stream().map(problem -> root.relativize(file) + ": " + problem).toList();
  }

  private void check(Path file, MarkdownPage page, String link, List<String> problems)
      throws IOException {
    if (link.matches("[a-z]+:.*")) {
      return;
    }
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
    if (!Files.exists(target)) {
      problems.add("the link %s leads nowhere".formatted(link));
    } else if (file.startsWith(root.resolve("src/docs"))
        && !target.startsWith(root.resolve("src/docs"))) {
      problems.add(
          "the link %s leads out of src/docs, which the distribution has alone".formatted(link));
    } else if (parts.length == 2) {
      MarkdownPage linked = target.equals(file) ? page : MarkdownPage.read(target);
      if (!linked.anchors().contains(parts[1])) {
        problems.add("the link %s names no heading".formatted(link));
      }
    }
  }

  private void checkPath(Path file, String quoted, List<String> problems) throws IOException {
    if (PATH.matcher(quoted).matches() && !quoted.contains("/target/")) {
      if (!Files.exists(root.resolve(quoted)) && !isPackage(quoted)) {
        problems.add("there is no file %s".formatted(quoted));
      }
    } else if (PAGE_NAME.matcher(quoted).matches()
        && !OUTPUTS.contains(quoted)
        && !Files.exists(file.resolveSibling(quoted))
        && !Files.exists(root.resolve("src/docs").resolve(quoted))
        && !Files.exists(root.resolve(quoted))) {
      problems.add("there is no page %s".formatted(quoted));
    }
  }

  /** Whether this is a module and a package, such as {@code worker/network}. */
  private boolean isPackage(String quoted) {
    String[] parts = quoted.split("/", 2);
    return Files.isDirectory(
        root.resolve(parts[0]).resolve("src/main/java/convoy").resolve(parts[0]).resolve(parts[1]));
  }

  private void checkKey(String name, List<String> problems) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (DOTTED.matcher(name).matches()
        && blocks.contains(name.replaceFirst("[.].*", ""))
        && !FILE_ENDINGS.contains(ending)
        && !isPackage("driver/" + name.replace('.', '/'))
        && !isPackage("worker/" + name.replace('.', '/'))) {
      requireKey(name, problems);
    }
  }

  private void requireKey(String name, List<String> problems) {
    Pattern pattern =
        Pattern.compile(name.replace(".", "[.]").replace("*", "[a-z0-9.-]+") + "([.].+)?");
    if (keys.stream().noneMatch(key -> pattern.matcher(key).matches())) {
      problems.add("there is no key %s".formatted(name));
    }
  }

  private void check(ShownCommand command, List<String> problems) {
    List<String> words =
        command
            .words()
            .subList(0, command.words().get(0).equals("data") ? command.words().size() : 1);
    String name = String.join(" ", words);
    Set<String> options = optionsOfCommands.computeIfAbsent(name, PageProblems::optionsOf);
    if (options.isEmpty()) {
      problems.add("there is no command convoy %s".formatted(name));
      return;
    }
    command.options().stream()
        .filter(option -> !options.contains(option))
        .forEach(option -> problems.add("convoy %s has no option %s".formatted(name, option)));
    command.keys().forEach(key -> requireKey(key, problems));
  }

  /** The options that the help of a command names; none if there is no such command. */
  private static Set<String> optionsOf(String command) {
    StringWriter help = new StringWriter();
    List<String> arguments =
        Stream.concat(Stream.of(command.split(" ")), Stream.of("--help")).toList();
    ExitCode exitCode =
        Main.run(
            new PrintWriter(help),
            new PrintWriter(new StringWriter()),
            arguments.toArray(String[]::new));
    // The help of a group of commands has no settings.
    return exitCode == ExitCode.OK && help.toString().contains("--config")
        ? OPTION
            .matcher(help.toString())
            .results()
            .map(match -> match.group())
            .collect(Collectors.toCollection(TreeSet::new))
        : Set.of();
  }
}
