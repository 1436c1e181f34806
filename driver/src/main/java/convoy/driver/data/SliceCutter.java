package convoy.driver.data;

import java.util.ArrayList;
import java.util.List;

/** Cuts a sequence of slices into near-equal consecutive parts, across file boundaries. */
final class SliceCutter {
  private SliceCutter() {}

  /** The parts; their numbers of images differ by at most one, and some may be empty. */
  static List<List<FileSlice>> cut(List<FileSlice> slices, int parts) {
    long images = ImageSet.count(slices);
    List<List<FileSlice>> cut = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      cut.add(between(slices, images * part / parts, images * (part + 1) / parts));
    }
    return cut;
  }

  private static List<FileSlice> between(List<FileSlice> slices, long from, long to) {
    List<FileSlice> part = new ArrayList<>();
    for (FileSlice slice : slices) {
      long first = Math.max(from, slice.firstIndex());
      long end = Math.min(to, slice.firstIndex() + slice.records());
      if (first < end) {
        part.add(
            new FileSlice(
                slice.file(),
                slice.firstRecord() + first - slice.firstIndex(),
                (int) (end - first),
                first));
      }
    }
    return part;
  }
}
