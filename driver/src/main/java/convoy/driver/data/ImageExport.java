package convoy.driver.data;

import convoy.driver.config.OutputConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.Failures;
import convoy.worker.image.Split;
import convoy.worker.image.shard.CifarRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes images of a data set as PNG files, {@code <class>/<index>.png}, so that the inference job
 * has directories to classify whose names are the truth. The index counts the images of the split
 * from 0, files in the order of their names.
 */
public final class ImageExport {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Configuration hadoop;
  private final String data;
  private final OutputConfig output;

  /** Reads the data set directory {@code data}; both are on any Hadoop file system. */
  public ImageExport(Configuration hadoop, String data, OutputConfig output) {
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
      ImageSet set = ImageSetDirectory.read(hadoop, data);
      List<String> folders = FolderNames.of(set.classNames());
      List<FileSlice> slices = split == Split.TRAINING ? set.training() : set.test();
      List<String> sources = slices.stream().map(FileSlice::file).distinct().toList();
      OutputDirectory directory = new OutputDirectory(hadoop, output, "images");
      directory.requireApartFrom(new Path(set.uri()));
      return directory.publish(
          files -> {
            Writer writer = new Writer(files, folders, most);
            for (String source : sources) {
              writer.write(source);
            }
            return new ExportSummary(directory.location(), folders, writer.images, writer.bytes);
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
    private final OutputDirectory.Files files;
    private final List<String> folders;
    private final int most;
    private final PngEncoder png = new PngEncoder();
    private final byte[] record = new byte[CifarRecord.BYTES];
    private int images;
    private long bytes;

    Writer(OutputDirectory.Files files, List<String> folders, int most) {
      this.files = files;
      this.folders = folders;
      this.most = most;
    }

    void write(String source) throws IOException {
      Path path = new Path(source);
      try (InputStream in = path.getFileSystem(hadoop).open(path, BUFFER_BYTES)) {
        RecordReader reader = new RecordReader(in, source);
        while (images < most && reader.next(record)) {
          write(folders.get(record[0]), png.encode(record));
        }
      }
    }

    private void write(String folder, byte[] file) throws IOException {
      try (OutputStream out = files.create("%s/%05d.png".formatted(folder, images))) {
        out.write(file);
      }
      images++;
      bytes += file.length;
    }
  }
}
