package convoy.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the documents to the repository: links, paths, commands, settings, Java. */
final class DocumentsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  static List<Path> pages() throws IOException {
    try (Stream<Path> files =
        Files.find(
            ROOT,
            12,
            (file, attributes) ->
                file.toString().endsWith(".md") && isSource(ROOT.relativize(file)))) {
      return files.sorted().toList();
    }
  }

  private static boolean isSource(Path file) {
    for (Path part : file) {
      if (part.startsWith("target") || part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_saysOnlyWhatIsThere(Path page) throws IOException {
    assertThat(new PageProblems(ROOT).in(page)).isEmpty();
  }

  @Test
  void brokenPage_isToldEachOfItsFaults(@TempDir Path root) throws IOException {
    Path docs = Files.createDirectories(root.resolve("src/docs"));
    Files.writeString(root.resolve("README.md"), "# Read me\n");
    Files.writeString(docs.resolve("other.md"), "# `A` title, *and* more\n## Twice\n## Twice\n");
    Path page = docs.resolve("page.md");
    Files.writeString(
        page,
        """
        # Page
        [good](other.md#a-title-and-more) [good](other.md#twice-1) [good](#page) `src/docs/page.md`
        [1](missing.md) [2](other.md#no-title) [3](#nothing) [4](../../README.md)
        `scripts/nothing` `nothing.md` `training.epoch` `convoy train --nothing` `training.epochs = 3`
        `convoy profile --size 32` `averaging.outer.*.momentum` `engine.onednn` `https.md5`

        ```
        scripts/convoy --master 'local[2]' --conf a.b=c train \\
            --data file:/data --epoch 3 --set training.nothing=3 | tail
        scripts/convoy data impart --from file:/data
        scripts/convoy train --wrong
        convoy: Cannot read the command line
        ```

            spark-submit --class convoy.driver.Main $CONVOY/lib/convoy-app.jar predict --images file:/x --imagine 3
            scripts/convoy sweep --vary 'training.replicas=1; training.replica=2'
        """);
    assertThat(new PageProblems(root).in(page))
        .containsExactly(
            "src/docs/page.md: the link missing.md leads nowhere",
            "src/docs/page.md: the link other.md#no-title names no heading",
            "src/docs/page.md: the link #nothing names no heading",
            "src/docs/page.md: the link ../../README.md leads out of src/docs, which the distribution has alone",
            "src/docs/page.md: there is no file scripts/nothing",
            "src/docs/page.md: there is no page nothing.md",
            "src/docs/page.md: there is no key training.epoch",
            "src/docs/page.md: convoy train has no option --nothing",
            "src/docs/page.md: there is no key engine.onednn",
            "src/docs/page.md: convoy train has no option --epoch",
            "src/docs/page.md: there is no key training.nothing",
            "src/docs/page.md: there is no command convoy data impart",
            "src/docs/page.md: convoy predict has no option --imagine",
            "src/docs/page.md: there is no key training.replica");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void java_compiles(Path page, @TempDir Path classes) throws IOException {
    for (List<String> code : MarkdownPage.read(page).code("java")) {
      assertThat(errors(String.join("\n", code), classes)).isEmpty();
    }
  }

  private static List<String> errors(String statements, Path classes) throws IOException {
    String source =
        """
        import java.io.*;
        import java.util.*;
        import java.nio.file.Files;
        import org.apache.hadoop.conf.Configuration;
        import org.apache.hadoop.fs.Path;
        %s
        class Shown { static void run() throws Exception { %s } }
        """
            .formatted(convoyImports(), statements);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
    compiler
        .getTask(
            null,
            null,
            errors,
            List.of("-d", classes.toString(), "-proc:none"),
            null,
            List.of(
                new SimpleJavaFileObject(
                    URI.create("string:///Shown.java"), JavaFileObject.Kind.SOURCE) {
                  @Override
                  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return source;
                  }
                }))
        .call();
    return errors.getDiagnostics().stream().map(Object::toString).toList();
  }

  /** Of all packages of both modules. */
  private static String convoyImports() throws IOException {
    List<String> imports = new ArrayList<>();
    for (String module : List.of("worker", "driver")) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources.resolve("convoy"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
            .distinct()
            .forEach(imports::add);
      }
    }
    return imports.stream().map(name -> "import " + name + ".*;").collect(Collectors.joining("\n"));
  }
}
