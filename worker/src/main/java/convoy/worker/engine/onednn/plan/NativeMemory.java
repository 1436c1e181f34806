package convoy.worker.engine.onednn.plan;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory outside the Java heap, aligned for vector instructions and freed on close. oneDNN
 * allocates it, so that it counts neither as Java's direct memory nor as JavaCPP's.
 */
public final class NativeMemory implements AutoCloseable {
  private final long bytes;
  private final memory block;

  /**
   * So many bytes, at least one; their contents are arbitrary.
   *
   * @throws IllegalStateException if the machine does not give as many
   */
  public NativeMemory(long bytes) {
    this.bytes = Math.max(1, bytes);
    try (memory.desc layout =
        new memory.desc(new long[] {this.bytes}, memory.data_type.u8, memory.format_tag.a)) {
      block = allocated(layout);
    }
    block.retainReference();
  }

  private memory allocated(memory.desc layout) {
    try {
      return new memory(layout, Onednn.CPU);
    } catch (RuntimeException e) {
      // JavaCPP has no narrower class for what oneDNN throws.
      throw new IllegalStateException(
          "Cannot allocate %d MiB outside the Java heap for a network: %s (choose a smaller batch size, or a machine with more memory)"
              .formatted(bytes >> 20, e.getMessage()),
          e);
    }
  }

  /** Room for so many float32. */
  public static NativeMemory ofFloats(long count) {
    return new NativeMemory(count * Onednn.FLOAT_BYTES);
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  BytePointer address() {
    return new BytePointer(block.get_data_handle());
  }

  /** All of it as float32, to read and to write. */
  public FloatBuffer floats() {
    return floats(address(), bytes / Onednn.FLOAT_BYTES);
  }

  static FloatBuffer floats(Pointer address, long count) {
    FloatPointer pointer = new FloatPointer(address);
    pointer.capacity(count);
    return pointer.asByteBuffer().order(java.nio.ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public void close() {
    block.releaseReference();
  }
}
