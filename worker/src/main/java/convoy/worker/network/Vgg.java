package convoy.worker.network;

import convoy.worker.image.ImageShape;
import convoy.worker.optimizer.OptimizerSpec;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * VGG with 11, 13, 16 or 19 weight layers (Simonyan and Zisserman, "Very Deep Convolutional
 * Networks for Large-Scale Image Recognition", 2014, table 1, columns A, B, D and E) and batch
 * normalization: five groups of 3x3 convolutions, each convolution followed by batch normalization
 * and rectifier, each group by a 2x2 max pool.
 *
 * <p>For images of 224x224 pixels the rest is the paper's: twice 4096 units, rectifier and dropout
 * of one half, then the classes. For all others it is {@code vgg_bn_drop} of the PaddlePaddle
 * book's image classification chapter: dropout behind each convolution but the last of a group;
 * then dropout, 512 units, batch normalization, rectifier, dropout, 512 units that start small
 * ({@link GraphRecipe#denseLinear}), classes. The first of these sees every value of the last map,
 * so its weights grow with the images.
 */
final class Vgg implements Architecture {
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};

  /** Convolutions of the five groups by depth, from table 1. */
  private static final Map<Integer, int[]> CONVOLUTIONS =
      Map.of(
          11, new int[] {1, 1, 2, 2, 2},
          13, new int[] {2, 2, 2, 2, 2},
          16, new int[] {2, 2, 3, 3, 3},
          19, new int[] {2, 2, 4, 4, 4});

  /** Rates of units dropped behind convolutions of each group, in networks for small images. */
  private static final double[] CONVOLUTION_DROP_RATES = {0.3, 0.4, 0.4, 0.4, 0.4};

  private static final double DENSE_DROP_RATE = 0.5;
  private static final int DENSE_UNITS = 512;
  private static final int IMAGENET_PIXELS = 224;
  private static final int IMAGENET_DENSE_UNITS = 4096;

  private final int[] convolutions;
  private final boolean imageNet;

  private Vgg(int[] convolutions, boolean imageNet) {
    this.convolutions = convolutions;
    this.imageNet = imageNet;
  }

  /** Whether there is one of that depth. */
  static boolean exists(int depth) {
    return CONVOLUTIONS.containsKey(depth);
  }

  /** The network of a depth that {@link #exists}. */
  static Vgg of(int depth, ImageShape inputShape) {
    boolean imageNet =
        inputShape.height() == IMAGENET_PIXELS && inputShape.width() == IMAGENET_PIXELS;
    return new Vgg(CONVOLUTIONS.get(depth), imageNet);
  }

  @Override
  public ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed) {
    GraphRecipe recipe = new GraphRecipe(network, optimizer, seed);
    String last = GraphRecipe.INPUT;
    for (int group = 0; group < CHANNELS.length; group++) {
      last = group(recipe, group, last);
    }
    last = imageNet ? imageNetHead(recipe, last) : smallHead(recipe, last);
    return recipe.classified(last, network.classes());
  }

  private String group(GraphRecipe recipe, int group, String input) {
    String last = input;
    for (int i = 1; i <= convolutions[group]; i++) {
      String name = "group" + (group + 1) + "-" + i;
      last =
          recipe.rectified(name, recipe.convolutionNormalized(name, last, CHANNELS[group], 3, 1));
      if (!imageNet && i < convolutions[group]) {
        last = recipe.dropped(name, last, CONVOLUTION_DROP_RATES[group]);
      }
    }
    return recipe.halved("group" + (group + 1), last);
  }

  private static String smallHead(GraphRecipe recipe, String input) {
    String last = recipe.dropped("dense1", input, DENSE_DROP_RATE);
    last = recipe.dense("dense1", last, DENSE_UNITS);
    last = recipe.rectified("dense1", recipe.normalized("dense1", last));
    last = recipe.dropped("dense2", last, DENSE_DROP_RATE);
    return recipe.denseLinear("dense2", last, DENSE_UNITS);
  }

  private static String imageNetHead(GraphRecipe recipe, String input) {
    String last = input;
    for (String name : new String[] {"dense1", "dense2"}) {
      last = recipe.rectified(name, recipe.dense(name, last, IMAGENET_DENSE_UNITS));
      last = recipe.dropped(name, last, DENSE_DROP_RATE);
    }
    return last;
  }
}
