package convoy.driver.ingest.tar;

import convoy.driver.failure.Shown;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.picture.Refusal;
import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Which labels the samples of a tar have, how often, and whether numbers or names. */
final class TarContents implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String suffix;
  private final ArrayList<String> labels;
  private final ArrayList<Long> counts;
  private final long passedOver;
  private final String firstPassedOver;

  private TarContents(Counting counting) {
    this.suffix = counting.suffix;
    this.labels = new ArrayList<>(counting.samples.keySet());
    this.counts = new ArrayList<>(counting.samples.values());
    this.passedOver = counting.passedOver;
    this.firstPassedOver = counting.firstPassedOver;
  }

  /**
   * The contents of the archive at a location, which is read whole but for the pictures.
   *
   * @throws convoy.driver.failure.UserException if it is damaged or not in WebDataset's layout
   */
  static TarContents of(String location, Configuration configuration) throws IOException {
    String source = FileListing.path(location);
    Counting counting = new Counting(source);
    try (InputStream in = FileListing.open(configuration, location)) {
      TarSamples.read(source, in, content -> new byte[0], counting);
    }
    if (counting.samples.isEmpty()) {
      throw Refusal.of(
          source,
          "it holds no pictures (WebDataset's layout was expected: a.jpg, a.cls, b.jpg, ...)");
    }
    return new TarContents(counting);
  }

  /** Counts the samples of an archive. */
  private static final class Counting implements TarSamples.Visitor {
    private final String source;
    private final SortedMap<String, Long> samples = new TreeMap<>();
    private String suffix = "";
    private long passedOver;
    private String firstPassedOver = "";

    Counting(String source) {
      this.source = source;
    }

    @Override
    public void visit(String path, String labelSuffix, String label, byte[] content) {
      if (!suffix.isEmpty() && !suffix.equals(labelSuffix)) {
        throw Refusal.of(
            source,
            "%s has its label in a .%s file, but others in a .%s file (use one of the two for all)",
            Shown.path(path),
            labelSuffix,
            suffix);
      }
      suffix = labelSuffix;
      samples.merge(label, 1L, Long::sum);
    }

    @Override
    public void reject(String path, String label, UnreadableImageException reason) {
      // Nothing is read, so nothing is refused.
    }

    @Override
    public void passOver(String path) {
      firstPassedOver = passedOver == 0 ? path : firstPassedOver;
      passedOver++;
    }
  }

  /** The suffix of the files with the labels, {@code cls} or {@code txt}. */
  String suffix() {
    return suffix;
  }

  /** The labels, ascending. */
  List<String> labels() {
    return labels;
  }

  /** How many samples have each of these. */
  List<Long> counts() {
    return counts;
  }

  /** How many files are named like pictures without being the picture of a sample. */
  long passedOver() {
    return passedOver;
  }

  /** The path of the first of these; empty if there is none. */
  String firstPassedOver() {
    return firstPassedOver;
  }
}
