package convoy.worker.network;

import org.deeplearning4j.nn.conf.graph.MergeVertex;

/**
 * An inception module (Szegedy et al., "Going Deeper with Convolutions", 2014, figure 2b): four
 * branches over one input, put together along the channels in this order: a 1x1 convolution, a 3x3
 * one and a 5x5 one, each behind a 1x1 that reduces, and a 3x3 max pool with a 1x1 convolution
 * behind. Every convolution has a bias and a rectifier; all maps keep their size.
 *
 * @param name of the module, such as {@code 3a}
 * @param ones channels of the 1x1 branch
 * @param threesReduced channels that the 3x3 convolution gets
 * @param threes channels of the 3x3 branch
 * @param fivesReduced channels that the 5x5 convolution gets
 * @param fives channels of the 5x5 branch
 * @param pooled channels of the branch with the pool
 */
record InceptionModule(
    String name, int ones, int threesReduced, int threes, int fivesReduced, int fives, int pooled) {

  /** Adds the module behind {@code input} and returns the name of its last layer. */
  String behind(GraphRecipe recipe, String input) {
    String prefix = "inception" + name;
    String one = recipe.convolutionRectified(prefix + "-1x1", input, ones, 1, 1);
    String three =
        recipe.convolutionRectified(
            prefix + "-3x3",
            recipe.convolutionRectified(prefix + "-3x3-reduce", input, threesReduced, 1, 1),
            threes,
            3,
            1);
    String five =
        recipe.convolutionRectified(
            prefix + "-5x5",
            recipe.convolutionRectified(prefix + "-5x5-reduce", input, fivesReduced, 1, 1),
            fives,
            5,
            1);
    String pool =
        recipe.convolutionRectified(
            prefix + "-projection", recipe.maxPooled(prefix, input, 3, 1, 1), pooled, 1, 1);
    recipe.graph().addVertex(prefix, new MergeVertex(), one, three, five, pool);
    return prefix;
  }
}
