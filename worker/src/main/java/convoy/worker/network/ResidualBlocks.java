package convoy.worker.network;

import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;

/**
 * The blocks of residual networks (He et al., "Deep Residual Learning for Image Recognition", 2015,
 * figures 2 and 5): the block's input, added to what its convolutions make of it, then a rectifier.
 * Where the shape changes, the input goes through a 1x1 convolution with batch normalization (the
 * paper's option B).
 */
final class ResidualBlocks {
  /** A bottleneck's output has this many times the channels of its 3x3 convolution. */
  static final int EXPANSION = 4;

  private ResidualBlocks() {}

  /** Two 3x3 convolutions, the first with the stride. */
  static String basic(
      GraphRecipe recipe, String name, String input, int channelsIn, int channels, int stride) {
    String first =
        recipe.rectified(
            name + "-a", recipe.convolutionNormalized(name + "-a", input, channels, 3, stride));
    String second = recipe.convolutionNormalized(name + "-b", first, channels, 3, 1);
    return sum(recipe, name, second, shortcut(recipe, name, input, channelsIn, channels, stride));
  }

  /**
   * A 1x1 convolution that narrows to {@code channels}, a 3x3 convolution, and a 1x1 convolution
   * that widens to {@value #EXPANSION} times as many. The stride is in the 3x3 convolution, the
   * form that is common today; the paper has it in the first.
   */
  static String bottleneck(
      GraphRecipe recipe, String name, String input, int channelsIn, int channels, int stride) {
    String narrowed =
        recipe.rectified(
            name + "-a", recipe.convolutionNormalized(name + "-a", input, channels, 1, 1));
    String second =
        recipe.rectified(
            name + "-b", recipe.convolutionNormalized(name + "-b", narrowed, channels, 3, stride));
    int channelsOut = EXPANSION * channels;
    String widened = recipe.convolutionNormalized(name + "-c", second, channelsOut, 1, 1);
    return sum(
        recipe, name, widened, shortcut(recipe, name, input, channelsIn, channelsOut, stride));
  }

  private static String shortcut(
      GraphRecipe recipe, String name, String input, int channelsIn, int channelsOut, int stride) {
    return channelsIn == channelsOut
        ? input
        : recipe.convolutionNormalized(name + "-shortcut", input, channelsOut, 1, stride);
  }

  private static String sum(GraphRecipe recipe, String name, String residual, String shortcut) {
    recipe
        .graph()
        .addVertex(
            name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), residual, shortcut);
    return recipe.rectified(name, name + "-sum");
  }
}
