package convoy.driver.ingest.tar;

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

  private TarContents(String suffix, SortedMap<String, Long> samples) {
    this.suffix = suffix;
    this.labels = new ArrayList<>(samples.keySet());
    this.counts = new ArrayList<>(samples.values());
  }

  /**
   * The contents of the archive at a location, which is read whole but for the pictures.
   *
   * @throws convoy.driver.failure.UserException if it is damaged or not in WebDataset's layout
   */
  static TarContents of(String location, Configuration configuration) throws IOException {
    String source = FileListing.path(location);
    SortedMap<String, Long> samples = new TreeMap<>();
    String[] suffixes = {""};
    try (InputStream in = FileListing.open(configuration, location)) {
      TarSamples.read(
          source,
          in,
          content -> new byte[0],
          new TarSamples.Visitor() {
            @Override
            public void visit(String path, String suffix, String label, byte[] content) {
              if (!suffixes[0].isEmpty() && !suffixes[0].equals(suffix)) {
                throw Refusal.of(
                    source,
                    "%s has its label in a .%s file, but others in a .%s file (use one of the two"
                        + " for all)",
                    path,
                    suffix,
                    suffixes[0]);
              }
              suffixes[0] = suffix;
              samples.merge(label, 1L, Long::sum);
            }

            @Override
            public void reject(String path, String label, UnreadableImageException reason) {
              // Nothing is read, so nothing is refused.
            }
          });
    }
    if (samples.isEmpty()) {
      throw Refusal.of(
          source,
          "it holds no pictures (WebDataset's layout was expected: a.jpg, a.cls, b.jpg, ...)");
    }
    return new TarContents(suffixes[0], samples);
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
}
