package convoy.worker.engine.onednn.plan;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;

/**
 * Collects the steps of a plan in the order in which they are to run. Tensors have no memory yet:
 * {@link #build} knows which steps use them, places them, and binds the steps to their addresses.
 * Everything native that is made meanwhile must be made in one {@code PointerScope}.
 */
public final class PlanBuilder {
  private record PendingStep(
      String layer,
      String kind,
      double operations,
      Collection<Tensor> operands,
      Function<Binding, Runnable> work) {
    Step bind(Binding binding) {
      return new Step(layer, kind, operations, work.apply(binding));
    }
  }

  private final int batchSize;
  private final boolean training;
  private final Tensor parameters;
  private final Tensor gradients;
  private final List<PendingStep> preparation = new ArrayList<>();
  private final List<PendingStep> steps = new ArrayList<>();
  private String layer = "";

  private PlanBuilder(int batchSize, NativeMemory parameters, NativeMemory gradients) {
    this.batchSize = batchSize;
    this.training = gradients != null;
    this.parameters = vector(parameters);
    this.gradients = training ? vector(gradients) : null;
  }

  /** A plan that computes the gradients of the parameters for minibatches of this size. */
  public static PlanBuilder training(
      int batchSize, NativeMemory parameters, NativeMemory gradients) {
    return new PlanBuilder(batchSize, parameters, gradients);
  }

  /** A plan that predicts minibatches of this size with parameters that do not change. */
  public static PlanBuilder inference(int batchSize, NativeMemory parameters) {
    return new PlanBuilder(batchSize, parameters, null);
  }

  private static Tensor vector(NativeMemory values) {
    return new Tensor(
        Onednn.rowMajor(values.bytes() / Float.BYTES),
        new Buffer(values.bytes(), values.address()));
  }

  /** Images a minibatch. */
  public int batchSize() {
    return batchSize;
  }

  /** Whether the plan is to train. */
  public boolean training() {
    return training;
  }

  /** The next steps belong to the layer of that name. */
  public void layer(String name) {
    layer = name;
  }

  /** A tensor of its own. */
  public Tensor tensor(memory.desc layout) {
    return new Tensor(layout, new Buffer(layout.get_size()));
  }

  /** A part of the flat parameter vector, from {@code offset} on. */
  public Tensor parameters(long offset, memory.desc layout) {
    return part(parameters, offset, layout);
  }

  /** A part of the flat gradient vector, from {@code offset} on. */
  public Tensor gradients(long offset, memory.desc layout) {
    return part(gradients, offset, layout);
  }

  private static Tensor part(Tensor vector, long offset, memory.desc layout) {
    Buffer whole = vector.buffer();
    long bytes = layout.get_size();
    return new Tensor(
        layout, new Buffer(bytes, whole.address(null).getPointer(offset * Float.BYTES)));
  }

  /** {@code tensor} in the layout that a primitive wants, copied where it lies otherwise. */
  public Tensor relaid(Tensor tensor, memory.desc wanted) {
    return relaid(steps, tensor, wanted);
  }

  /** As {@link #relaid}, for parameters: where they do not change, once before the first run. */
  public Tensor relaidParameters(Tensor tensor, memory.desc wanted) {
    return relaid(training ? steps : preparation, tensor, wanted);
  }

  private Tensor relaid(List<PendingStep> list, Tensor tensor, memory.desc wanted) {
    if (tensor.layout().equals(wanted)) {
      return tensor;
    }
    Tensor copy = tensor(wanted);
    copy(list, tensor, copy);
    return copy;
  }

  /** Copies {@code from} to {@code to}, from layout to layout. */
  public void copy(Tensor from, Tensor to) {
    copy(steps, from, to);
  }

  private void copy(List<PendingStep> list, Tensor from, Tensor to) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            Onednn.CPU, from.layout(), Onednn.CPU, to.layout(), attributes(), false);
    add(
        list,
        "reorder",
        0,
        description,
        new reorder(description),
        Map.of(DNNL_ARG_FROM, from, DNNL_ARG_TO, to));
  }

  /** The attributes that every primitive of a plan must be made with. */
  public primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    return attributes;
  }

  /** The same, with operations on the result. */
  public primitive_attr attributes(post_ops operations) {
    primitive_attr attributes = attributes();
    attributes.set_post_ops(operations);
    return attributes;
  }

  /**
   * Adds the execution of a primitive.
   *
   * @param kind what it does
   * @param operations see {@link Step}
   * @param execution the primitive made of {@code description}
   * @param arguments tensors by oneDNN's argument numbers
   */
  public void run(
      String kind,
      double operations,
      primitive_desc_base description,
      primitive execution,
      Map<Integer, Tensor> arguments) {
    add(steps, kind, operations, description, execution, arguments);
  }

  private void add(
      List<PendingStep> list,
      String kind,
      double operations,
      primitive_desc_base description,
      primitive execution,
      Map<Integer, Tensor> arguments) {
    Map<Integer, Tensor> all = new HashMap<>(arguments);
    memory.desc scratchpad = description.scratchpad_desc();
    if (scratchpad.get_size() > 0) {
      all.put(DNNL_ARG_SCRATCHPAD, tensor(scratchpad));
    }
    list.add(
        new PendingStep(
            layer, kind, operations, all.values(), binding -> binding.execution(execution, all)));
  }

  /** Adds a step in Java on the values of {@code operands}. */
  public void run(String kind, HostOperation operation, Tensor... operands) {
    steps.add(
        new PendingStep(
            layer,
            kind,
            0,
            List.of(operands),
            binding -> {
              FloatBuffer[] values =
                  Arrays.stream(operands).map(binding::floats).toArray(FloatBuffer[]::new);
              return () -> operation.run(values);
            }));
  }

  /**
   * The plan, ready to run.
   *
   * @param arenas gives memory of at least so many bytes; it must outlive the plan, which does not
   *     close it
   */
  public Plan build(LongFunction<NativeMemory> arenas) {
    int last = preparation.size() + steps.size() - 1;
    for (int i = 0; i <= last; i++) {
      boolean prepared = i < preparation.size();
      PendingStep step = prepared ? preparation.get(i) : steps.get(i - preparation.size());
      for (Tensor operand : step.operands()) {
        operand.buffer().usedBy(i);
        if (prepared) {
          operand.buffer().usedBy(last);
        }
      }
    }
    Set<Buffer> buffers =
        Stream.concat(preparation.stream(), steps.stream())
            .flatMap(step -> step.operands().stream())
            .map(Tensor::buffer)
            .filter(Buffer::inArena)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    long bytes = ArenaLayout.place(List.copyOf(buffers));
    NativeOwner owner = new NativeOwner();
    Binding binding = new Binding(arenas.apply(bytes), owner);
    preparation.stream().map(step -> step.bind(binding)).forEach(step -> step.work().run());
    return new Plan(steps.stream().map(step -> step.bind(binding)).toList(), bytes, owner);
  }
}
