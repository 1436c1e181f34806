package convoy.worker.engine.onednn.plan;

import java.nio.ByteOrder;
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
  private static final long MEBIBYTE = 1 << 20;

  /** What a Java buffer holds: its bytes are counted by an int. */
  private static final long MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

  private final long bytes;
  private final memory block;

  /**
   * So many bytes, at least one; their contents are arbitrary.
   *
   * @throws IllegalStateException if the machine does not give them
   */
  public NativeMemory(long bytes) {
    this.bytes = Math.max(1, bytes);
    block = allocate(this.bytes);
    block.retainReference();
  }

  private static memory allocate(long bytes) {
    try (memory.desc layout =
        new memory.desc(new long[] {bytes}, memory.data_type.u8, memory.format_tag.a)) {
      return new memory(layout, Onednn.CPU);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "Cannot allocate %d MiB outside the Java heap: %s (use a smaller batch size)"
              .formatted(bytes / MEBIBYTE, e.getMessage()),
          e);
    }
  }

  /** Room for so many float32. */
  public static NativeMemory ofFloats(long count) {
    return new NativeMemory(count * Float.BYTES);
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
    return floats(address(), bytes / Float.BYTES);
  }

  /**
   * Float32 at {@code address} as Java sees them.
   *
   * @throws IllegalArgumentException if they are more than a Java buffer holds
   */
  static FloatBuffer floats(Pointer address, long count) {
    if (count > MOST_FLOATS) {
      // JavaCPP would leave out the rest without a word.
      throw new IllegalArgumentException(
          "Cannot compute in Java on %d values of one tensor: a buffer holds %d (use a smaller batch size)"
              .formatted(count, MOST_FLOATS));
    }
    FloatPointer pointer = new FloatPointer(address);
    pointer.capacity(count);
    return pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public void close() {
    block.releaseReference();
  }
}
