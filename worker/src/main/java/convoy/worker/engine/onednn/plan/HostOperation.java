package convoy.worker.engine.onednn.plan;

import java.nio.FloatBuffer;

/** A step in Java. It must not allocate. */
@FunctionalInterface
public interface HostOperation {
  /**
   * Does it.
   *
   * @param operands the values of the tensors named with the step, in memory order
   */
  void run(FloatBuffer[] operands);
}
