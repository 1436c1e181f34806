package convoy.worker.network;

import convoy.worker.optimizer.OptimizerSpec;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The small network of Caffe's CIFAR-10 example ({@code cifar10_quick}, Jia et al., "Caffe:
 * Convolutional Architecture for Fast Feature Embedding", 2014), which SparkNet and CaffeOnSpark
 * train: three 5x5 convolutions of 32, 32 and 64 channels, each with a pool and a rectifier, then
 * 64 units and softmax; 145,578 parameters. Its pools are 2x2 here. It has neither batch
 * normalization nor dropout, which makes it the network to compare averaging against arithmetic.
 */
final class Cifar10Quick implements Architecture {
  private static final int[] CHANNELS = {32, 32, 64};
  private static final int KERNEL = 5;
  private static final int DENSE_UNITS = 64;

  @Override
  public ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed) {
    GraphRecipe recipe = new GraphRecipe(network, optimizer, seed);
    String last = GraphRecipe.INPUT;
    for (int i = 0; i < CHANNELS.length; i++) {
      String name = "group" + (i + 1);
      String convolution = recipe.convolution(name, last, CHANNELS[i], KERNEL, 1);
      last = recipe.rectified(name, recipe.halved(name, convolution));
    }
    return recipe.classified(recipe.dense("dense", last, DENSE_UNITS), network.classes());
  }
}
