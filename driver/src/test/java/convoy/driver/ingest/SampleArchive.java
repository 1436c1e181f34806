package convoy.driver.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds {@code .tar.gz} archives for tests, wrong ones too. */
final class SampleArchive {
  static final String NAMES =
      "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

  private record Entry(String path, byte type, ByteBuffer content, String link) {}

  private final List<Entry> entries = new ArrayList<>();

  /** A small set in the official layout: 20 and 10 training images, 10 test images. */
  static SampleArchive whole() {
    return new SampleArchive()
        .folder("cifar-10-batches-bin/")
        .file("cifar-10-batches-bin/batches.meta.txt", NAMES)
        .file("cifar-10-batches-bin/data_batch_1.bin", SampleRecords.of(20))
        .file("cifar-10-batches-bin/data_batch_2.bin", SampleRecords.of(10))
        .file("cifar-10-batches-bin/readme.html", "<html>")
        .file("cifar-10-batches-bin/test_batch.bin", SampleRecords.of(10));
  }

  SampleArchive file(String path, byte[] content) {
    entries.removeIf(entry -> entry.path().equals(path));
    entries.add(new Entry(path, TarConstants.LF_NORMAL, ByteBuffer.wrap(content), ""));
    return this;
  }

  SampleArchive file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  SampleArchive folder(String path) {
    entries.add(new Entry(path, TarConstants.LF_DIR, ByteBuffer.allocate(0), ""));
    return this;
  }

  SampleArchive link(String path, byte type, String target) {
    entries.add(new Entry(path, type, ByteBuffer.allocate(0), target));
    return this;
  }

  SampleArchive without(String name) {
    entries.removeIf(entry -> entry.path().endsWith(name));
    return this;
  }

  byte[] gzip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
      for (Entry entry : entries) {
        TarArchiveEntry header = new TarArchiveEntry(entry.path(), entry.type(), true);
        header.setSize(entry.content().capacity());
        header.setLinkName(entry.link());
        tar.putArchiveEntry(header);
        tar.write(entry.content().array());
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
