package convoy.worker.network;

import convoy.worker.image.ImageShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The residual networks for 32-pixel images (He et al., "Deep Residual Learning for Image
 * Recognition", 2015, section 4.2), in the form of the PaddlePaddle book's image classification
 * chapter: a stem of 16 channels, three groups of n basic blocks with 16, 32 and 64 channels, the
 * second and third group starting with stride 2; the shortcut is a 1x1 convolution where the number
 * of channels changes and the identity elsewhere; the rectifier follows the addition; average
 * pooling over the last 8x8 map. Depth is 6n+2.
 */
final class ResidualNetwork implements Architecture {
  private static final int PIXELS = 32;
  private static final int STEM_CHANNELS = 16;
  private static final int GROUPS = 3;

  /** The deepest that the paper trains. */
  private static final int DEEPEST = 1202;

  private final int blocksPerGroup;

  private ResidualNetwork(int blocksPerGroup) {
    this.blocksPerGroup = blocksPerGroup;
  }

  static ResidualNetwork of(int depth, ImageShape inputShape) {
    if (!GraphRecipe.isSquare(inputShape, PIXELS)) {
      throw new IllegalArgumentException(
          "Cannot build resnet-%d for images of %s: residual networks are made for 32x32 or 224x224 pixels (resize the images)"
              .formatted(depth, inputShape));
    }
    if (depth < 8 || depth > DEEPEST || depth % 6 != 2) {
      throw new IllegalArgumentException(
          "Cannot build resnet-%d for 32x32 pixels: the depth must be 6n+2 from 8 to 1202, for instance 20, 32, 44, 56 or 110%s"
              .formatted(
                  depth,
                  ImageNetResidualNetwork.exists(depth)
                      ? "; %d is for 224x224 pixels (choose another depth, or larger images)"
                          .formatted(depth)
                      : " (choose such a depth)"));
    }
    return new ResidualNetwork((depth - 2) / 6);
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
