package convoy.driver.data.export;

import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.data.OutputDirectory;
import convoy.driver.data.OutputKind;
import convoy.driver.data.Records;
import convoy.driver.data.Slice;
import convoy.driver.data.UnpublishedDirectory;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.progress.CountProgress;
import convoy.driver.store.Failures;
import convoy.driver.store.OutputSpec;
import convoy.worker.image.Split;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes images of a data set as PNG files, {@code <class>/<index>.png}, so that the inference job
 * has directories to classify whose names are the truth. The index counts the images of the split
 * from 0, files in the order of their names.
 */
public final class ImageExport {
  private final Configuration hadoop;
  private final String data;
  private final OutputSpec output;

  /** Reads the data set directory {@code data}; both are on any Hadoop file system. */
  public ImageExport(Configuration hadoop, String data, OutputSpec output) {
    this.hadoop = hadoop;
    this.data = data;
    this.output = output;
  }

  /**
   * Writes the first {@code most} images of {@code split}, or all if there are fewer; the directory
   * appears whole or not at all.
   *
   * @throws UserException if the data set is missing or damaged, or if the output exists and is not
   *     to be replaced, or cannot be written
   */
  public ExportSummary write(Split split, int most) {
    try {
      ImageSource source = ImageSources.open(hadoop, data);
      List<Slice> slices = source.slices(split);
      if (slices.isEmpty()) {
        throw new UserException(
            ExitCode.INPUT,
            "Cannot export images of %s: it has no %s images (choose another --split)"
                .formatted(source.set().uri(), split.word()));
      }
      List<String> folders = FolderNames.of(source.set().classNames());
      OutputDirectory directory = new OutputDirectory(hadoop, output, OutputKind.PICTURES);
      directory.requireApartFrom(new Path(source.set().uri()));
      return directory.publish(
          files -> {
            Writer writer = new Writer(source, files, folders, most);
            int all = Math.min(most, source.images(split));
            CountProgress progress = CountProgress.start("images", writer.images::get, all);
            try {
              for (Slice slice : slices) {
                writer.write(slice);
              }
            } finally {
              progress.close();
            }
            files.mark();
            return new ExportSummary(
                directory.location(), folders, writer.images.get(), writer.bytes);
          });
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot export images of %s to %s: %s"
              .formatted(data, output.path(), Failures.firstLine(e)),
          e);
    }
  }

  /** Numbers the images and writes each into its class's folder. */
  private final class Writer {
    private final ImageSource source;
    private final UnpublishedDirectory files;
    private final List<String> folders;
    private final int most;
    private final PngEncoder png;
    private final byte[] pixels;
    private final AtomicInteger images = new AtomicInteger();
    private long bytes;

    Writer(ImageSource source, UnpublishedDirectory files, List<String> folders, int most) {
      this.source = source;
      this.png = new PngEncoder(source.set().storedShape());
      this.pixels = new byte[source.set().storedShape().pixels()];
      this.files = files;
      this.folders = folders;
      this.most = most;
    }

    void write(Slice slice) throws IOException {
      try (Records records = source.records(slice, hadoop)) {
        while (images.get() < most && records.next(pixels)) {
          write(folders.get(records.label()), png.encode(pixels));
        }
      }
    }

    private void write(String folder, byte[] file) throws IOException {
      try (OutputStream out = files.create("%s/%05d.png".formatted(folder, images.get()))) {
        out.write(file);
      }
      images.incrementAndGet();
      bytes += file.length;
    }
  }
}
