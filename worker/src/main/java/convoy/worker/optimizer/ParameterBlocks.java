package convoy.worker.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Reads from a DL4J graph which of its parameters are learnt, and where their state lies. */
public final class ParameterBlocks {
  private ParameterBlocks() {}

  /**
   * The blocks of an initialised graph, in the order of the flat parameter vector. Batch-norm means
   * and variances are in none: no optimizer moves them.
   */
  public static List<ParameterBlock> of(ComputationGraph graph) {
    List<ParameterBlock> blocks = new ArrayList<>();
    for (UpdaterBlock stretch : graph.getUpdater().getUpdaterBlocks()) {
      if (!(stretch.getGradientUpdater().getConfig() instanceof NoOp)) {
        addRuns(stretch, blocks);
      }
    }
    return List.copyOf(blocks);
  }

  /** Adds the longest runs of one stretch that are decayed, or not, throughout. */
  private static void addRuns(UpdaterBlock stretch, List<ParameterBlock> blocks) {
    int start = stretch.getParamOffsetStart();
    boolean decayed = isDecayed(stretch.getLayersAndVariablesInBlock().get(0));
    for (ParamState parameter : stretch.getLayersAndVariablesInBlock()) {
      if (isDecayed(parameter) != decayed) {
        blocks.add(run(stretch, start, parameter.getParamOffsetStart(), decayed));
        start = parameter.getParamOffsetStart();
        decayed = !decayed;
      }
    }
    blocks.add(run(stretch, start, stretch.getParamOffsetEnd(), decayed));
  }

  private static ParameterBlock run(UpdaterBlock stretch, int start, int end, boolean decayed) {
    int first = stretch.getParamOffsetStart();
    return new ParameterBlock(
        start,
        end - start,
        stretch.getUpdaterViewOffsetStart() + start - first,
        stretch.getParamOffsetEnd() - first,
        decayed);
  }

  private static boolean isDecayed(ParamState parameter) {
    TrainingConfig layer = parameter.getLayer().getConfig();
    List<Regularization> rules = layer.getRegularizationByParam(parameter.getParamName());
    // DL4J's answer for batch normalization is null.
    return rules != null && !rules.isEmpty();
  }
}
