package convoy.driver.data;

import convoy.worker.image.Split;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Where labelled images come from: the description of the set, and its records, slice by slice.
 * Which files there are and how a record lies in them stays behind it. Tasks carry it to the
 * executors.
 */
public interface ImageSource extends Serializable {
  /** The set, as far as it is known without reading the images. */
  ImageSet set();

  /**
   * The slices of a split in order; their {@link Slice#firstIndex} run on from 0.
   *
   * @return none if the set has no such split
   */
  List<Slice> slices(Split split);

  /** The number of images of a split, 0 or more. */
  default int images(Split split) {
    return slices(split).stream().mapToInt(Slice::records).reduce(0, Math::addExact);
  }

  /**
   * Opens a slice. Its caller closes it.
   *
   * @param slice one of {@link #slices}, or a part of one
   */
  Records records(Slice slice, Configuration configuration) throws IOException;
}
