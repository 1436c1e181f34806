package convoy.worker.engine.onednn.plan;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;

/** Gives the tensors of a plan their addresses, once the arena has one. */
final class Binding {
  private final BytePointer arena;
  private final NativeOwner owner;
  private final stream queue;
  private final Map<Tensor, memory> memories = new HashMap<>();

  Binding(NativeMemory arena, NativeOwner owner) {
    this.arena = arena.address();
    this.owner = owner;
    this.queue = owner.own(new stream(Onednn.CPU));
  }

  /** The execution of a primitive on its arguments, by oneDNN's argument numbers. */
  Runnable execution(primitive operation, Map<Integer, Tensor> arguments) {
    owner.own(operation);
    IntMemoryMap bound = owner.own(new IntMemoryMap());
    arguments.forEach((number, tensor) -> bound.put(number, memory(tensor)));
    return () -> operation.execute(queue, bound);
  }

  /** The values of a tensor as Java sees them. */
  FloatBuffer floats(Tensor tensor) {
    long count = tensor.layout().get_size() / Float.BYTES;
    return NativeMemory.floats(tensor.buffer().address(arena), count);
  }

  private memory memory(Tensor tensor) {
    return memories.computeIfAbsent(
        tensor, t -> owner.own(new memory(t.layout(), Onednn.CPU, t.buffer().address(arena))));
  }
}
