package convoy.worker.engine.onednn;

import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.onednn.operator.StepContext;
import convoy.worker.engine.onednn.plan.NativeMemory;
import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.Plan;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Step;
import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.TrainingLoss;
import convoy.worker.optimizer.FlatOptimizer;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.ParameterBlocks;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network compiled for training. A minibatch smaller than the batch size, as at the end of an
 * epoch, gets a plan of its own, because batch normalization makes every image count for all
 * others; the last such plan is kept.
 */
final class OnednnTrainingNetwork implements TrainingNetwork {
  private final StepContext context = new StepContext();
  private final int batchSize;
  private final OperatorGraph graph;
  private final FlatOptimizer optimizer;
  private final NativeMemory parameters;
  private final NativeMemory gradients;
  private final FloatBuffer parameterValues;
  private final FloatBuffer gradientValues;
  private final Arena arena = new Arena();
  private final Plan plan;
  private Plan smallerPlan;
  private int smallerBatchSize;
  private long iteration;

  private OnednnTrainingNetwork(
      ComputationGraph source,
      ImageShape shape,
      OptimizerSpec optimizerSpec,
      TrainingLoss loss,
      int batchSize) {
    this.batchSize = batchSize;
    graph = Fusion.forTraining(new GraphReader(source, shape, loss, context).read());
    optimizer = FlatOptimizer.of(optimizerSpec, ParameterBlocks.of(source));
    parameters = NativeMemory.ofFloats(source.numParams());
    gradients = NativeMemory.ofFloats(source.numParams());
    parameterValues = parameters.floats();
    gradientValues = gradients.floats();
    parameterValues.put(0, source.params().toFloatVector());
    gradientValues.put(0, new float[gradientValues.limit()]);
    try {
      plan = compile(batchSize);
    } catch (RuntimeException | Error e) {
      closeMemory();
      throw e;
    }
  }

  /**
   * Compiles {@code graph}, which may be closed afterwards, with the parameters that it has.
   *
   * @param shape of the images
   * @param loss of the images; an output's own weight stands in the graph
   * @throws UnsupportedLayerException if it holds a layer that the engine does not know
   */
  static OnednnTrainingNetwork of(
      ComputationGraph graph,
      ImageShape shape,
      OptimizerSpec optimizer,
      TrainingLoss loss,
      int batchSize) {
    return new OnednnTrainingNetwork(graph, shape, optimizer, loss, batchSize);
  }

  private Plan compile(int images) {
    return Onednn.inScope(
        () -> {
          PlanBuilder builder = PlanBuilder.training(images, parameters, gradients);
          NetworkCompiler.compile(graph, builder);
          return builder.build(arena::ofBytes);
        });
  }

  @Override
  public void load(float[] newParameters, float[] optimizerState, long newIteration) {
    if (newParameters.length != parameterValues.limit()) {
      throw new IllegalArgumentException(
          "Cannot load %d parameters: this network has %d"
              .formatted(newParameters.length, parameterValues.limit()));
    }
    parameterValues.put(0, newParameters);
    optimizer.load(optimizerState);
    iteration = newIteration;
  }

  @Override
  public float[] parameters() {
    return copy(parameterValues);
  }

  @Override
  public float[] optimizerState() {
    return optimizer.state();
  }

  /**
   * The gradient of the last step's mean loss, in the order of the parameters, without weight
   * decay; 0 at batch-norm statistics.
   */
  float[] gradients() {
    return copy(gradientValues);
  }

  private static float[] copy(FloatBuffer values) {
    float[] copy = new float[values.limit()];
    values.get(0, copy);
    return copy;
  }

  @Override
  public StepResult step(Minibatch minibatch, double learningRate, long dropoutSeed) {
    context.begin(minibatch, dropoutSeed);
    planFor(minibatch.count()).run();
    optimizer.update(parameterValues, gradientValues, learningRate, iteration);
    iteration++;
    return new StepResult(context.lossSum(), context.correct());
  }

  private Plan planFor(int images) {
    if (images == batchSize) {
      return plan;
    }
    if (images != smallerBatchSize) {
      closeSmaller();
      smallerPlan = compile(images);
      smallerBatchSize = images;
    }
    return smallerPlan;
  }

  private void closeSmaller() {
    if (smallerPlan != null) {
      smallerPlan.close();
      smallerPlan = null;
      smallerBatchSize = 0;
    }
  }

  /** What a step on the last minibatch consists of, in the order in which it runs. */
  List<Step> steps(double learningRate) {
    List<Step> steps = new ArrayList<>(plan.steps());
    steps.add(
        new Step(
            "all",
            "optimizer",
            0,
            () -> optimizer.update(parameterValues, gradientValues, learningRate, iteration)));
    return steps;
  }

  /** Memory that the plan of full minibatches needs besides the vectors. */
  long arenaBytes() {
    return plan.arenaBytes();
  }

  @Override
  public void close() {
    closeSmaller();
    plan.close();
    closeMemory();
  }

  private void closeMemory() {
    arena.close();
    gradients.close();
    parameters.close();
  }
}
