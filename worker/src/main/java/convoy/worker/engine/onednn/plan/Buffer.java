package convoy.worker.engine.onednn.plan;

import org.bytedeco.javacpp.BytePointer;

/**
 * A run of bytes that the tensors of a plan lie in. Most buffers live from the first step that
 * touches them to the last, and share an arena with those that live at other times ({@link
 * ArenaLayout}); a vector's buffer lies outside the arena and lives longer than the plan.
 */
final class Buffer {
  private final long bytes;
  private int firstStep = Integer.MAX_VALUE;
  private int lastStep = -1;
  private long arenaOffset = -1;
  private BytePointer address;

  /** A buffer in the arena. */
  Buffer(long bytes) {
    this.bytes = bytes;
  }

  /** A buffer that lies at {@code address} already. */
  Buffer(long bytes, BytePointer address) {
    this(bytes);
    this.address = address;
  }

  long bytes() {
    return bytes;
  }

  /** Whether the arena must hold it. */
  boolean inArena() {
    return address == null;
  }

  /** The step of this number reads or writes it. */
  void usedBy(int step) {
    firstStep = Math.min(firstStep, step);
    lastStep = Math.max(lastStep, step);
  }

  /** Whether some step needs both. */
  boolean livesWith(Buffer other) {
    return firstStep <= other.lastStep && other.firstStep <= lastStep;
  }

  long arenaOffset() {
    return arenaOffset;
  }

  void arenaOffset(long offset) {
    arenaOffset = offset;
  }

  /** Where it lies, given where the arena begins. */
  BytePointer address(BytePointer arena) {
    return inArena() ? arena.getPointer(arenaOffset) : address;
  }
}
