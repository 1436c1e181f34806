package convoy.driver.ingest;

import convoy.driver.failure.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A source that cannot be imported.
 *
 * @param name says what is wrong
 * @param from what is imported, relative to the folder in which it is made
 * @param making makes it in that folder
 * @param settings of the import, beside the size
 * @param message what the error must hold; {@code %s} is the folder
 * @param exitCode that the error must have
 */
record Fault(
    String name,
    String from,
    Consumer<Path> making,
    List<String> settings,
    String message,
    ExitCode exitCode) {

  /** A fault without settings that is the source's. */
  static Fault of(String name, String from, Consumer<Path> making, String message) {
    return new Fault(name, from, making, List.of(), message, ExitCode.INPUT);
  }

  /** A table of this text. */
  static Fault table(String name, String file, String text, String message) {
    return of(
        name,
        file,
        folder -> PictureFiles.write(folder.resolve(file), text.getBytes(StandardCharsets.UTF_8)),
        message);
  }

  /** An archive. */
  static Fault archive(String name, String file, byte[] content, String message) {
    return of(name, file, folder -> PictureFiles.write(folder.resolve(file), content), message);
  }

  /** The same with settings. */
  Fault with(String... more) {
    return new Fault(name, from, making, List.of(more), message, exitCode);
  }

  /** The same with another exit code. */
  Fault exits(ExitCode code) {
    return new Fault(name, from, making, settings, message, code);
  }

  @Override
  public String toString() {
    return name;
  }
}
