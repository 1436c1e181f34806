package convoy.worker.network;

import convoy.worker.image.ImageShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;

/**
 * VGG with 16 weight layers, batch normalization and dropout, for small images: {@code vgg_bn_drop}
 * of the PaddlePaddle book's image classification chapter, after Simonyan and Zisserman, "Very Deep
 * Convolutional Networks for Large-Scale Image Recognition", 2014, table 1, column D. Five groups
 * of 3x3 convolutions, each convolution followed by batch normalization, rectifier and dropout,
 * each group by a 2x2 max pool; then dropout, 512 units, batch normalization, rectifier, dropout,
 * 512 units, softmax.
 */
final class Vgg implements Architecture {
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};

  /** The rate of units dropped after each convolution of each group. */
  private static final double[][] DROP_RATES = {
    {0.3, 0}, {0.4, 0}, {0.4, 0.4, 0}, {0.4, 0.4, 0}, {0.4, 0.4, 0}
  };

  private static final double DENSE_DROP_RATE = 0.5;
  private static final int DENSE_UNITS = 512;

  @Override
  public void check(ImageShape inputShape) {
    GraphRecipe.requireHalvings("vgg-16", inputShape, CHANNELS.length);
  }

  @Override
  public ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed) {
    GraphRecipe recipe = new GraphRecipe(network, optimizer, seed);
    String last = GraphRecipe.INPUT;
    for (int group = 0; group < CHANNELS.length; group++) {
      last = group(recipe, group, last);
    }
    last = dropout(recipe, "dense1", last, DENSE_DROP_RATE);
    last = dense(recipe, "dense1", last);
    last = recipe.rectified("dense1", recipe.normalized("dense1", last));
    last = dropout(recipe, "dense2", last, DENSE_DROP_RATE);
    last = dense(recipe, "dense2", last);
    return recipe.classified(last, network.classes());
  }

  private static String group(GraphRecipe recipe, int group, String input) {
    String last = input;
    double[] rates = DROP_RATES[group];
    for (int i = 0; i < rates.length; i++) {
      String name = "group" + (group + 1) + "-" + (i + 1);
      last =
          recipe.rectified(name, recipe.convolutionNormalized(name, last, CHANNELS[group], 3, 1));
      if (rates[i] > 0) {
        last = dropout(recipe, name, last, rates[i]);
      }
    }
    return recipe.halved("group" + (group + 1), last);
  }

  private static String dropout(GraphRecipe recipe, String name, String input, double rate) {
    // DL4J takes the probability to keep a unit.
    recipe.graph().addLayer(name + "-drop", new DropoutLayer(1 - rate), input);
    return name + "-drop";
  }

  private static String dense(GraphRecipe recipe, String name, String input) {
    recipe.graph().addLayer(name, new DenseLayer.Builder().nOut(DENSE_UNITS).build(), input);
    return name;
  }
}
