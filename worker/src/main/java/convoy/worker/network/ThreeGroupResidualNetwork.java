package convoy.worker.network;

import convoy.worker.optimizer.OptimizerSpec;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The residual networks for CIFAR-10 (He et al., "Deep Residual Learning for Image Recognition",
 * 2015, section 4.2), in the form of the PaddlePaddle book's image classification chapter: a stem
 * of 16 channels, three groups of n basic blocks with 16, 32 and 64 channels, the second and third
 * group starting with stride 2; the shortcut is a 1x1 convolution where the number of channels
 * changes and the identity elsewhere; the rectifier follows the addition; average pooling over the
 * last map, which has 8x8 pixels for images of 32x32 and a quarter of each side for any others.
 * Depth is 6n+2.
 */
final class ThreeGroupResidualNetwork implements Architecture {
  private static final int STEM_CHANNELS = 16;
  private static final int GROUPS = 3;

  /** The deepest that the paper trains. */
  private static final int DEEPEST = 1202;

  private final int blocksPerGroup;

  private ThreeGroupResidualNetwork(int blocksPerGroup) {
    this.blocksPerGroup = blocksPerGroup;
  }

  /** Whether there is one of that depth: 6n+2 from 8 to {@value #DEEPEST}. */
  static boolean exists(int depth) {
    return depth >= 8 && depth <= DEEPEST && depth % 6 == 2;
  }

  /** The network of a depth that {@link #exists}. */
  static ThreeGroupResidualNetwork of(int depth) {
    return new ThreeGroupResidualNetwork((depth - 2) / 6);
  }

  @Override
  public ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed) {
    GraphRecipe recipe = new GraphRecipe(network, optimizer, seed);
    String last =
        recipe.rectified(
            "stem", recipe.convolutionNormalized("stem", GraphRecipe.INPUT, STEM_CHANNELS, 3, 1));
    int channelsIn = STEM_CHANNELS;
    for (int group = 0; group < GROUPS; group++) {
      int channels = STEM_CHANNELS << group;
      for (int block = 0; block < blocksPerGroup; block++) {
        String name = "group" + (group + 1) + "-block" + (block + 1);
        int stride = group > 0 && block == 0 ? 2 : 1;
        last = ResidualBlocks.basic(recipe, name, last, channelsIn, channels, stride);
        channelsIn = channels;
      }
    }
    return recipe.classified(recipe.averaged("pool", last), network.classes());
  }
}
