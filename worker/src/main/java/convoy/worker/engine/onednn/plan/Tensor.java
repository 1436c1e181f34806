package convoy.worker.engine.onednn.plan;

import org.bytedeco.dnnl.memory;

/** Values in a buffer, laid out as a oneDNN memory descriptor says. Several may share a buffer. */
public final class Tensor {
  private final memory.desc layout;
  private final Buffer buffer;

  Tensor(memory.desc layout, Buffer buffer) {
    this.layout = layout;
    this.buffer = buffer;
  }

  /** Dimensions, types and strides. */
  public memory.desc layout() {
    return layout;
  }

  /** Its dimensions, for instance {@code [N, C, H, W]}. */
  public long[] dimensions() {
    long[] dimensions = new long[layout.data().ndims()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = layout.data().dims().get(i);
    }
    return dimensions;
  }

  /** Whether the layout holds more values than the tensor has, to fill up its last block. */
  public boolean isPadded() {
    for (int i = 0; i < layout.data().ndims(); i++) {
      if (layout.data().dims().get(i) != layout.data().padded_dims().get(i)) {
        return true;
      }
    }
    return false;
  }

  /** The values of the same buffer in another layout, for instance a part of them. */
  public Tensor as(memory.desc otherLayout) {
    return new Tensor(otherLayout, buffer);
  }

  Buffer buffer() {
    return buffer;
  }
}
