package convoy.worker.engine.onednn;

import convoy.worker.engine.onednn.plan.NativeMemory;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory that plans which never run at the same time share. It grows when a plan needs more;
 * what earlier ones were given stays until it is closed.
 */
final class Arena implements AutoCloseable {
  private final Deque<NativeMemory> blocks = new ArrayDeque<>();

  /** Memory of at least so many bytes. */
  NativeMemory ofBytes(long bytes) {
    if (blocks.isEmpty() || blocks.getLast().bytes() < bytes) {
      blocks.addLast(new NativeMemory(bytes));
    }
    return blocks.getLast();
  }

  @Override
  public void close() {
    blocks.forEach(NativeMemory::close);
  }
}
