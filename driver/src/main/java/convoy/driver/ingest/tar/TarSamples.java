package convoy.driver.ingest.tar;

import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.driver.ingest.picture.FileNames;
import convoy.driver.ingest.picture.Leftovers;
import convoy.driver.ingest.picture.Refusal;
import convoy.driver.ingest.picture.Utf8Text;
import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the samples of a tar in WebDataset's layout: files that follow each other and are named
 * alike up to the first dot of the last part of their path are one sample, such as {@code a/1.jpg}
 * and {@code a/1.cls}. A sample's class is the number in its {@code .cls} or, if it has none, the
 * line of text in its {@code .txt}. Files of other suffixes, and texts beside no picture, are
 * passed over, and so are a sample's further pictures, such as {@code a/1.mask.png}.
 */
final class TarSamples {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** More than the name of a class needs. */
  private static final int MOST_LABEL_BYTES = 4096;

  private final String source;
  private final Contents contents;
  private final Visitor visitor;
  private String key = "";
  private String path;
  private byte[] picture;
  private UnreadableImageException unreadable;
  private String furtherPicture;
  private byte[] number;
  private byte[] text;

  /** How the bytes of a picture are read, or whether. */
  @FunctionalInterface
  interface Contents {
    /** The bytes that the visitor is to have. */
    byte[] read(InputStream in) throws IOException, UnreadableImageException;
  }

  /** What is done with each sample. */
  interface Visitor {
    /**
     * Takes a sample.
     *
     * @param path of its picture, the archive's before it
     * @param suffix of its label's file, {@code cls} or {@code txt}
     * @param label its class
     * @param content what was read of the picture
     */
    void visit(String path, String suffix, String label, byte[] content) throws IOException;

    /** Takes note of a sample whose picture was refused while it was read. */
    void reject(String path, String label, UnreadableImageException reason) throws IOException;

    /** Takes note of a file that is named like a picture and is passed over. */
    default void passOver(String path) {}
  }

  private TarSamples(String source, Contents contents, Visitor visitor) {
    this.source = source;
    this.contents = contents;
    this.visitor = visitor;
  }

  /**
   * Shows every sample, in the order of the archive.
   *
   * @param source what messages and paths call the archive
   * @throws UserException if the archive is damaged, or a picture has no label that can be one
   */
  static void read(String source, InputStream in, Contents contents, Visitor visitor)
      throws IOException {
    TarSamples samples = new TarSamples(source, contents, visitor);
    new TarArchive(source)
        .read(
            in,
            (path, content) -> {
              samples.take(path, content);
              return true;
            });
    samples.end();
  }

  private void take(String entry, InputStream content) throws IOException {
    String name = entry.substring(entry.lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    if (Leftovers.isOne(name)) {
      return;
    }
    if (dot <= 0) {
      passOver(entry);
      return;
    }
    String itsKey = entry.substring(0, entry.length() - name.length() + dot);
    if (!itsKey.equals(key)) {
      end();
      key = itsKey;
    }
    String suffix = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    if (suffix.contains(".")) {
      passOver(entry);
      if (furtherPicture == null && FileNames.isPicture(name)) {
        furtherPicture = name;
      }
    } else if (FileNames.isPicture(name)) {
      takePicture(entry, content);
    } else if (suffix.equals("cls")) {
      number = label(content);
    } else if (suffix.equals("txt")) {
      text = label(content);
    }
  }

  private void passOver(String entry) {
    if (FileNames.isPicture(entry)) {
      visitor.passOver(source + "/" + entry);
    }
  }

  private void takePicture(String entry, InputStream content) throws IOException {
    if (path != null) {
      throw invalid(
          "the sample %s has two pictures, %s and %s", Shown.path(key), name(path), name(entry));
    }
    path = source + "/" + entry;
    try {
      picture = contents.read(content);
    } catch (UnreadableImageException e) {
      unreadable = e;
    }
  }

  private static byte[] label(InputStream content) throws IOException {
    return content.readNBytes(MOST_LABEL_BYTES + 1);
  }

  /** Hands on the sample that is whole. */
  private void end() throws IOException {
    if (path == null && furtherPicture != null) {
      throw Refusal.of(
          source,
          "the picture %s belongs to the sample %s, whose name ends at the first dot, and which has"
              + " no picture such as %s.jpg (write its name with no other dot than that of the"
              + " suffix, and that of its label likewise)",
          Shown.name(furtherPicture),
          Shown.path(key),
          Shown.path(key));
    }
    if (path == null && number != null) {
      throw invalid(
          "%s.cls has no picture beside it, such as %s.jpg", Shown.path(key), Shown.path(key));
    }
    if (path != null) {
      String label = label();
      if (unreadable == null) {
        visitor.visit(path, labelSuffix(), label, picture);
      } else {
        visitor.reject(path, label, unreadable);
      }
    }
    path = null;
    picture = null;
    unreadable = null;
    furtherPicture = null;
    number = null;
    text = null;
  }

  private String labelSuffix() {
    return number == null ? "txt" : "cls";
  }

  private String label() {
    byte[] bytes = number == null ? text : number;
    if (bytes == null) {
      throw invalid(
          "%s has no label: neither %s.cls nor %s.txt stands directly before or after it",
          name(path), Shown.path(key), Shown.path(key));
    }
    String file = Shown.path(key) + "." + labelSuffix();
    if (bytes.length > MOST_LABEL_BYTES) {
      throw invalid("%s holds more than %,d bytes, too many for a class", file, MOST_LABEL_BYTES);
    }
    String label =
        Utf8Text.of(bytes)
            .orElseThrow(() -> invalid("%s holds text that is not UTF-8", file))
            .strip();
    if (number != null) {
      if (!NUMBER.matcher(label).matches()) {
        throw invalid(
            "%s holds \"%s\", which is not the number of a class", file, Shown.name(label));
      }
      return Long.toString(Long.parseLong(label));
    }
    if (label.isEmpty() || label.lines().count() > 1) {
      throw invalid("%s holds \"%s\", which is not the name of a class", file, Shown.name(label));
    }
    return label;
  }

  private static String name(String path) {
    return Shown.name(path.substring(path.lastIndexOf('/') + 1));
  }

  private UserException invalid(String reason, Object... values) {
    return Refusal.of(
        source,
        reason + " (WebDataset's layout was expected: each picture with its .cls or .txt)",
        values);
  }
}
