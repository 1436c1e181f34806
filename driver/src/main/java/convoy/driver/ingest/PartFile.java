package convoy.driver.ingest;

import convoy.driver.data.RecordFiles;
import convoy.driver.data.RecordLayout;
import convoy.driver.data.RecordWriter;
import convoy.driver.store.Sha256;
import convoy.worker.image.Split;
import convoy.worker.image.shard.PixelCounter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of records that a task writes, counted, summed up and digested on the way, so that it need
 * not be read again.
 */
final class PartFile implements Closeable {
  private final Split split;
  private final MessageDigest digest = Sha256.start();
  private final RecordWriter records;
  private final int imagesPerSlice;
  private final PixelCounter pixels;
  private final SortedMap<Integer, Long> images = new TreeMap<>();
  private final List<String> sliceDigests = new ArrayList<>();

  PartFile(Split split, RecordLayout layout, OutputStream out) {
    this.split = split;
    this.records = new RecordWriter(layout, new DigestOutputStream(out, digest));
    this.imagesPerSlice = RecordFiles.imagesPerSlice(layout);
    this.pixels = new PixelCounter(layout.shape());
  }

  /** Writes one record. */
  void write(int label, byte[] image) throws IOException {
    records.write(label, image);
    pixels.add(image, 0);
    images.merge(label, 1L, Long::sum);
    if (records.images() % imagesPerSlice == 0) {
      endSlice();
    }
  }

  /** Closes the file; then its report is whole. */
  @Override
  public void close() throws IOException {
    if (records.images() % imagesPerSlice != 0) {
      endSlice();
    }
    records.close();
  }

  /** What it holds. */
  PartReport report() {
    return new PartReport(split, images, pixels.statistics(), sliceDigests);
  }

  private void endSlice() {
    sliceDigests.add(Sha256.end(digest));
  }
}
