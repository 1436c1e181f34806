package convoy.worker.network;

import convoy.worker.optimizer.OptimizerSpec;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The residual networks for ImageNet (He et al., "Deep Residual Learning for Image Recognition",
 * 2015, table 1): a 7x7 convolution of 64 channels with stride 2, a 3x3 max pool with stride 2,
 * four groups of blocks with 64, 128, 256 and 512 channels, all but the first starting with stride
 * 2, average pooling over the last map, which has 7x7 pixels for images of 224x224. Depths 18 and
 * 34 have basic blocks; 50, 101 and 152 have bottlenecks.
 *
 * <p>For small images, which that stem would make a map of 8x8 pixels or less of, the stem is a 3x3
 * convolution with stride 1 and no pool, as is usual where these networks learn CIFAR-10.
 */
final class FourGroupResidualNetwork implements Architecture {
  private static final int STEM_CHANNELS = 64;
  private static final int STEM_KERNEL = 7;
  private static final int SMALL_STEM_KERNEL = 3;
  private static final int SHALLOWEST_WITH_BOTTLENECKS = 50;

  /** Blocks of the four groups by depth, from table 1. */
  private static final Map<Integer, int[]> BLOCKS =
      Map.of(
          18, new int[] {2, 2, 2, 2},
          34, new int[] {3, 4, 6, 3},
          50, new int[] {3, 4, 6, 3},
          101, new int[] {3, 4, 23, 3},
          152, new int[] {3, 8, 36, 3});

  private final int[] blocks;
  private final boolean bottlenecks;
  private final boolean smallStem;

  private FourGroupResidualNetwork(int depth, boolean smallStem) {
    this.blocks = BLOCKS.get(depth);
    this.bottlenecks = depth >= SHALLOWEST_WITH_BOTTLENECKS;
    this.smallStem = smallStem;
  }

  /** Whether there is one of that depth. */
  static boolean exists(int depth) {
    return BLOCKS.containsKey(depth);
  }

  /** The paper's network of a depth that {@link #exists}. */
  static FourGroupResidualNetwork withPapersStem(int depth) {
    return new FourGroupResidualNetwork(depth, false);
  }

  /** The network for small images, of a depth that {@link #exists}. */
  static FourGroupResidualNetwork withSmallStem(int depth) {
    return new FourGroupResidualNetwork(depth, true);
  }

  @Override
  public ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed) {
    GraphRecipe recipe = new GraphRecipe(network, optimizer, seed);
    String last = stem(recipe);
    int channelsIn = STEM_CHANNELS;
    for (int group = 0; group < blocks.length; group++) {
      int channels = STEM_CHANNELS << group;
      for (int block = 0; block < blocks[group]; block++) {
        String name = "group" + (group + 1) + "-block" + (block + 1);
        int stride = group > 0 && block == 0 ? 2 : 1;
        last =
            bottlenecks
                ? ResidualBlocks.bottleneck(recipe, name, last, channelsIn, channels, stride)
                : ResidualBlocks.basic(recipe, name, last, channelsIn, channels, stride);
        channelsIn = bottlenecks ? ResidualBlocks.EXPANSION * channels : channels;
      }
    }
    return recipe.classified(recipe.averaged("pool", last), network.classes());
  }

  private String stem(GraphRecipe recipe) {
    if (smallStem) {
      return recipe.rectified(
          "stem",
          recipe.convolutionNormalized(
              "stem", GraphRecipe.INPUT, STEM_CHANNELS, SMALL_STEM_KERNEL, 1));
    }
    String stem =
        recipe.convolutionNormalized("stem", GraphRecipe.INPUT, STEM_CHANNELS, STEM_KERNEL, 2);
    return recipe.maxPooled("stem", recipe.rectified("stem", stem), 3, 2, 1);
  }
}
