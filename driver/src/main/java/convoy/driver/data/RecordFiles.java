package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** An image set whose records lie in files of one directory, all in one {@link RecordLayout}. */
public final class RecordFiles implements ImageSource {
  private static final long serialVersionUID = 1L;

  /** The bytes of a slice at most: 10,000 records of CIFAR-10, as one of its files has. */
  private static final long MOST_SLICE_BYTES = 30_730_000;

  private final ImageSet set;
  private final List<RecordFile> files;

  /**
   * The set whose directory is its URI.
   *
   * @param files the order of the records is theirs
   * @throws UserException if a split has more than 2^31 - 1 images
   */
  public RecordFiles(ImageSet set, List<RecordFile> files) {
    this.set = set;
    this.files = List.copyOf(files);
    for (Split split : Split.values()) {
      long images = filesOf(split).stream().mapToLong(RecordFile::images).sum();
      if (images > Integer.MAX_VALUE) {
        throw new UserException(
            ExitCode.INPUT,
            "Cannot read %d images of %s: a split may have at most %d (make several sets of it)"
                .formatted(images, set.uri(), Integer.MAX_VALUE));
      }
    }
  }

  @Override
  public ImageSet set() {
    return set;
  }

  /** The files, in order. */
  public List<RecordFile> files() {
    return files;
  }

  /** How a record lies in them. */
  public RecordLayout layout() {
    return new RecordLayout(set.storedShape(), set.classNames().size());
  }

  /** The same files, after all of them have been read. */
  public RecordFiles withContents(ImageSetContents found) {
    return new RecordFiles(set.withContents(found), files);
  }

  /** The images of a slice; only the last slice of a file has fewer. */
  public static int imagesPerSlice(RecordLayout layout) {
    return (int) Math.max(1, MOST_SLICE_BYTES / layout.bytes());
  }

  @Override
  public List<Slice> slices(Split split) {
    int most = imagesPerSlice(layout());
    List<Slice> slices = new ArrayList<>();
    long index = 0;
    for (RecordFile file : filesOf(split)) {
      String uri = path(file).toString();
      for (long first = 0; first < file.images(); first += most) {
        int count = (int) Math.min(most, file.images() - first);
        slices.add(new Slice(uri, first, count, index + first));
      }
      index += file.images();
    }
    return slices;
  }

  @Override
  public Records records(Slice slice, Configuration configuration) throws IOException {
    return FileRecords.open(layout(), slice, configuration);
  }

  Path path(RecordFile file) {
    return new Path(set.uri(), file.name());
  }

  private List<RecordFile> filesOf(Split split) {
    return files.stream().filter(file -> file.split() == split).toList();
  }
}
