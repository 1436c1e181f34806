package convoy.worker.engine.onednn.plan;

import java.util.function.Supplier;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.PointerScope;

/** oneDNN's handle on this process's processor, and its memory descriptors in our words. */
public final class Onednn {
  /** The processor; it lives as long as the process. */
  public static final engine CPU = new engine(engine.kind.cpu, 0);

  private Onednn() {}

  /**
   * Does nothing if oneDNN has been loaded.
   *
   * @throws LinkageError if it could not
   */
  public static void requireLoaded() {
    if (CPU.isNull()) {
      throw new UnsatisfiedLinkError("oneDNN gave no engine");
    }
  }

  /**
   * The result of {@code work}; native objects made meanwhile are freed at its end, unless
   * something has taken hold of them.
   */
  @SuppressWarnings({
    "unchecked",
    "try"
  }) // A scope of pointers of all classes, which works by being there.
  public static <T> T inScope(Supplier<T> work) {
    try (PointerScope scope = new PointerScope()) {
      return work.get();
    }
  }

  /** Float32 values of these dimensions in a layout that oneDNN is to choose. */
  public static memory.desc anyLayout(long... dimensions) {
    return new memory.desc(dimensions, memory.data_type.f32, memory.format_tag.any);
  }

  /** Float32 values of these dimensions in a named layout. */
  public static memory.desc layout(memory.format_tag layout, long... dimensions) {
    return new memory.desc(dimensions, memory.data_type.f32, layout);
  }

  /** Float32 values of these dimensions, the last one running fastest: NCHW, OIHW, OI or plain. */
  public static memory.desc rowMajor(long... dimensions) {
    long[] strides = new long[dimensions.length];
    long stride = 1;
    for (int i = dimensions.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dimensions[i];
    }
    return new memory.desc(dimensions, memory.data_type.f32, strides);
  }
}
