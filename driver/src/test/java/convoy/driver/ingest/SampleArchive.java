package convoy.driver.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds {@code .tar} and {@code .tar.gz} archives for tests, wrong ones too. */
final class SampleArchive {
  private record Entry(String path, byte type, ByteBuffer content, String link) {}

  private final List<Entry> entries = new ArrayList<>();

  /** A small CIFAR-10 in the official layout: 20 and 10 training images, 10 test images. */
  static SampleArchive cifar10() {
    return new SampleArchive()
        .folder("cifar-10-batches-bin/")
        .file("cifar-10-batches-bin/batches.meta.txt", CifarSamples.NAMES_10)
        .file("cifar-10-batches-bin/data_batch_1.bin", CifarSamples.cifar10(20))
        .file("cifar-10-batches-bin/data_batch_2.bin", CifarSamples.cifar10(10))
        .file("cifar-10-batches-bin/readme.html", "<html>")
        .file("cifar-10-batches-bin/test_batch.bin", CifarSamples.cifar10(10));
  }

  /** Adds a file, in the place of one of the same path. */
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

  /** Takes the files out whose paths end so. */
  SampleArchive without(String end) {
    entries.removeIf(entry -> entry.path().endsWith(end));
    return this;
  }

  byte[] tar() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(bytes);
    return bytes.toByteArray();
  }

  byte[] gzip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      write(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(OutputStream out) {
    try {
      TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (Entry entry : entries) {
        TarArchiveEntry header = new TarArchiveEntry(entry.path(), entry.type(), true);
        header.setSize(entry.content().capacity());
        header.setLinkName(entry.link());
        tar.putArchiveEntry(header);
        tar.write(entry.content().array());
        tar.closeArchiveEntry();
      }
      tar.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
