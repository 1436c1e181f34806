package convoy.worker.engine.onednn.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places buffers in one arena so that those that live at the same time do not overlap: the largest
 * first, each in the lowest gap that takes it (Pisarchyk and Lee, "Efficient Memory Management for
 * Deep Neural Net Inference", 2020, section 5.2, "greedy by size").
 */
final class ArenaLayout {
  /** A cache line, and the widest vector register. */
  private static final long ALIGNMENT = 64;

  private ArenaLayout() {}

  /** Gives every buffer its offset. Returns the arena's size in bytes. */
  static long place(List<Buffer> buffers) {
    List<Buffer> largestFirst = new ArrayList<>(buffers);
    largestFirst.sort(Comparator.comparingLong(Buffer::bytes).reversed());
    List<Buffer> byOffset = new ArrayList<>();
    long size = 0;
    for (Buffer buffer : largestFirst) {
      buffer.arenaOffset(lowestGap(buffer, byOffset));
      insert(buffer, byOffset);
      size = Math.max(size, end(buffer));
    }
    return size;
  }

  private static long lowestGap(Buffer buffer, List<Buffer> byOffset) {
    long offset = 0;
    for (Buffer placed : byOffset) {
      if (placed.livesWith(buffer)) {
        if (offset + buffer.bytes() <= placed.arenaOffset()) {
          return offset;
        }
        offset = Math.max(offset, end(placed));
      }
    }
    return offset;
  }

  private static void insert(Buffer buffer, List<Buffer> byOffset) {
    int place = 0;
    while (place < byOffset.size() && byOffset.get(place).arenaOffset() <= buffer.arenaOffset()) {
      place++;
    }
    byOffset.add(place, buffer);
  }

  private static long end(Buffer buffer) {
    long end = buffer.arenaOffset() + buffer.bytes();
    return (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
