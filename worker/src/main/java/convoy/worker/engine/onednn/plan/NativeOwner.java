package convoy.worker.engine.onednn.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;

/** Keeps native objects alive until it is closed, whatever scope they were made in. */
final class NativeOwner implements AutoCloseable {
  private final Deque<Pointer> owned = new ArrayDeque<>();

  /** Takes part in the ownership of {@code object}. */
  <P extends Pointer> P own(P object) {
    object.retainReference();
    owned.push(object);
    return object;
  }

  /** Gives everything up, the last taken first. */
  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().releaseReference();
    }
  }
}
