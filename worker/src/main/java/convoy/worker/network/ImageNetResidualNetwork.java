package convoy.worker.network;

import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The residual networks for 224-pixel images (He et al., "Deep Residual Learning for Image
 * Recognition", 2015, table 1): a 7x7 convolution of 64 channels with stride 2, a 3x3 max pool with
 * stride 2, four groups of blocks with 64, 128, 256 and 512 channels, all but the first starting
 * with stride 2, average pooling over the last 7x7 map. Depths 18 and 34 have basic blocks; 50, 101
 * and 152 have bottlenecks.
 */
final class ImageNetResidualNetwork implements Architecture {
  private static final int STEM_CHANNELS = 64;
  private static final int STEM_KERNEL = 7;
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

  private ImageNetResidualNetwork(int[] blocks, boolean bottlenecks) {
    this.blocks = blocks;
    this.bottlenecks = bottlenecks;
  }

  /** Whether there is one of that depth. */
  static boolean exists(int depth) {
    return BLOCKS.containsKey(depth);
  }

  static ImageNetResidualNetwork of(int depth) {
    int[] blocks =
        Optional.ofNullable(BLOCKS.get(depth))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot build resnet-%d for 224x224 pixels: the depth must be 18, 34, 50, 101 or 152 (choose one of these, or images of 32x32 pixels for 6n+2)"
                            .formatted(depth)));
    return new ImageNetResidualNetwork(blocks, depth >= SHALLOWEST_WITH_BOTTLENECKS);
  }

  @Override
  public ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed) {
    GraphRecipe recipe = new GraphRecipe(network, optimizer, seed);
    String stem =
        recipe.convolutionNormalized("stem", GraphRecipe.INPUT, STEM_CHANNELS, STEM_KERNEL, 2);
    String last = recipe.maxPooled("stem", recipe.rectified("stem", stem), 3, 2, 1);
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
}
