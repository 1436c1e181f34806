package convoy.driver.training.dl4jspark;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Tells dl4j-spark's workers how many steps the training run has taken: they clone the
 * configuration, which loses the count, and Adam's bias correction would start anew at every
 * averaging. Spark serialises the hook with each round's tasks, with the count that the driver has
 * set by then.
 */
final class IterationHook implements TrainingHook {
  private static final long serialVersionUID = 1L;

  private int iteration;

  /** The next round begins after that many steps. */
  void startFrom(long steps) {
    iteration = Math.toIntExact(steps);
  }

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {
    ComputationGraphConfiguration configuration = ((ComputationGraph) model).getConfiguration();
    if (configuration.getIterationCount() < iteration) {
      configuration.setIterationCount(iteration);
    }
  }

  @Override
  public void preUpdate(DataSet minibatch, Model model) {}

  @Override
  public void postUpdate(DataSet minibatch, Model model) {}

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {}
}
