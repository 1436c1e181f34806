package convoy.driver.data.shard;

import convoy.driver.data.Slice;
import java.util.ArrayList;
import java.util.List;

/** Cuts a sequence of slices into near-equal consecutive parts, across file boundaries. */
final class SliceCutter {
  private SliceCutter() {}

  /** The parts; their numbers of images differ by at most one, and some may be empty. */
  static List<List<Slice>> cut(List<Slice> slices, int parts) {
    long images = slices.stream().mapToLong(Slice::records).sum();
    List<List<Slice>> cut = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      cut.add(between(slices, images * part / parts, images * (part + 1) / parts));
    }
    return cut;
  }

  private static List<Slice> between(List<Slice> slices, long from, long to) {
    List<Slice> part = new ArrayList<>();
    for (Slice slice : slices) {
      long first = Math.max(from, slice.firstIndex());
      long end = Math.min(to, slice.firstIndex() + slice.records());
      if (first < end) {
        part.add(
            new Slice(
                slice.file(),
                slice.firstRecord() + first - slice.firstIndex(),
                (int) (end - first),
                first));
      }
    }
    return part;
  }
}
