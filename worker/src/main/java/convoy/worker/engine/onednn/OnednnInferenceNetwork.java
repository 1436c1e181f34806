package convoy.worker.engine.onednn;

import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.onednn.operator.StepContext;
import convoy.worker.engine.onednn.plan.NativeMemory;
import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.Plan;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.TrainingLoss;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network compiled for prediction. A smaller minibatch takes as long as a full one; images do not
 * influence each other.
 */
final class OnednnInferenceNetwork implements InferenceNetwork {
  private final StepContext context = new StepContext();
  private final int classes;
  private final NativeMemory parameters;
  private final Plan plan;
  private final Arena arena = new Arena();

  private OnednnInferenceNetwork(ComputationGraph graph, ImageShape shape, int batchSize) {
    OperatorGraph operators = new GraphReader(graph, shape, TrainingLoss.PLAIN, context).read();
    parameters = NativeMemory.ofFloats(graph.numParams());
    try {
      parameters.floats().put(graph.params().toFloatVector());
      OperatorGraph fused = Fusion.forInference(operators, parameters.floats());
      plan = Onednn.inScope(() -> compile(fused, batchSize));
    } catch (RuntimeException | Error e) {
      closeMemory();
      throw e;
    }
    classes = context.probabilities().length / batchSize;
  }

  private Plan compile(OperatorGraph fused, int batchSize) {
    PlanBuilder builder = PlanBuilder.inference(batchSize, parameters);
    NetworkCompiler.compile(fused, builder);
    return builder.build(arena::ofBytes);
  }

  private void closeMemory() {
    arena.close();
    parameters.close();
  }

  /**
   * Compiles the main output of {@code graph}, which may be closed afterwards.
   *
   * @throws UnsupportedLayerException if it holds a layer that the engine does not know
   */
  static OnednnInferenceNetwork of(ComputationGraph graph, ImageShape shape, int batchSize) {
    return new OnednnInferenceNetwork(graph, shape, batchSize);
  }

  @Override
  public float[] predict(Minibatch minibatch) {
    context.begin(minibatch, 0);
    plan.run();
    return Arrays.copyOf(context.probabilities(), minibatch.count() * classes);
  }

  @Override
  public void close() {
    plan.close();
    closeMemory();
  }
}
