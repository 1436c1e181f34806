package convoy.worker.network;

import convoy.worker.image.ImageShape;
import convoy.worker.optimizer.OptimizerSpec;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * GoogLeNet (Szegedy et al., "Going Deeper with Convolutions", 2014, table 1): a stem, nine {@link
 * InceptionModule inception modules}, average pooling, dropout of 0.4 and the classifier; in
 * training also two auxiliary classifiers, behind the modules 4a and 4d, whose losses count 0.3
 * (section 5). Convolutions have a bias and no batch normalization.
 *
 * <p>From a shorter side of 96 pixels on the stem is the paper's. Its 3x3 max pools with stride 2
 * have a border of one pixel, which gives the paper's map sizes for 224x224 pixels (112, 56, 28,
 * 14, 7); rounding sizes up without a border, as Caffe does, gives the same sizes with windows one
 * pixel further on.
 *
 * <p>For smaller images the stem's 7x7 convolution with stride 2 and its pool are one 3x3
 * convolution with stride 1, of as many channels; the stem halves the map once instead of three
 * times, so that for 32x32 pixels modules 3, 4 and 5 work on maps of 16x16, 8x8 and 4x4. An
 * auxiliary classifier then averages the 8x8 map to 2x2 where the paper has 4x4. All else is the
 * same.
 */
final class GoogLeNet implements Architecture {
  /**
   * From here the paper's stem leaves module 4a a map of 6x6 pixels, and its auxiliary classifier's
   * window has 5x5.
   */
  private static final int SMALLEST_WITH_PAPERS_STEM = 96;

  private static final List<InceptionModule> STAGE_3 =
      List.of(
          new InceptionModule("3a", 64, 96, 128, 16, 32, 32),
          new InceptionModule("3b", 128, 128, 192, 32, 96, 64));
  private static final List<InceptionModule> STAGE_4 =
      List.of(
          new InceptionModule("4a", 192, 96, 208, 16, 48, 64),
          new InceptionModule("4b", 160, 112, 224, 24, 64, 64),
          new InceptionModule("4c", 128, 128, 256, 24, 64, 64),
          new InceptionModule("4d", 112, 144, 288, 32, 64, 64),
          new InceptionModule("4e", 256, 160, 320, 32, 128, 128));
  private static final List<InceptionModule> STAGE_5 =
      List.of(
          new InceptionModule("5a", 256, 160, 320, 32, 128, 128),
          new InceptionModule("5b", 384, 192, 384, 48, 128, 128));

  /** The modules with an auxiliary classifier behind them. */
  private static final List<String> OBSERVED = List.of("4a", "4d");

  private static final double AUXILIARY_WEIGHT = 0.3;
  private static final double AUXILIARY_DROP_RATE = 0.7;
  private static final int AUXILIARY_CHANNELS = 128;
  private static final int AUXILIARY_UNITS = 1024;
  private static final double DROP_RATE = 0.4;

  private final boolean papersStem;

  private GoogLeNet(boolean papersStem) {
    this.papersStem = papersStem;
  }

  static GoogLeNet of(ImageShape inputShape) {
    return new GoogLeNet(
        Math.min(inputShape.height(), inputShape.width()) >= SMALLEST_WITH_PAPERS_STEM);
  }

  @Override
  public ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed) {
    GraphRecipe recipe = new GraphRecipe(network, optimizer, seed);
    String last = stem(recipe);
    last = stage(recipe, STAGE_3, last, network.classes());
    last = recipe.maxPooled("stage3", last, 3, 2, 1);
    last = stage(recipe, STAGE_4, last, network.classes());
    last = recipe.maxPooled("stage4", last, 3, 2, 1);
    last = stage(recipe, STAGE_5, last, network.classes());
    last = recipe.dropped("classifier", recipe.averaged("pool", last), DROP_RATE);
    return recipe.classified(last, network.classes());
  }

  private String stem(GraphRecipe recipe) {
    String last =
        papersStem
            ? recipe.maxPooled(
                "stem1", recipe.convolutionRectified("stem1", GraphRecipe.INPUT, 64, 7, 2), 3, 2, 1)
            : recipe.convolutionRectified("stem1", GraphRecipe.INPUT, 64, 3, 1);
    last = recipe.responseNormalized("stem1", last);
    last = recipe.convolutionRectified("stem2", last, 64, 1, 1);
    last = recipe.convolutionRectified("stem3", last, 192, 3, 1);
    last = recipe.responseNormalized("stem3", last);
    return recipe.maxPooled("stem3", last, 3, 2, 1);
  }

  private static String stage(
      GraphRecipe recipe, List<InceptionModule> modules, String input, int classes) {
    String last = input;
    for (InceptionModule module : modules) {
      last = module.behind(recipe, last);
      if (OBSERVED.contains(module.name())) {
        auxiliary(recipe, "auxiliary" + module.name(), last, classes);
      }
    }
    return last;
  }

  /**
   * The auxiliary classifier of section 5: pool, 1x1 convolution, dense layer, dropout, softmax.
   */
  private static void auxiliary(GraphRecipe recipe, String name, String input, int classes) {
    String last = recipe.averagePooled(name, input, 5, 3);
    last = recipe.convolutionRectified(name, last, AUXILIARY_CHANNELS, 1, 1);
    String dense = name + "-dense";
    last = recipe.rectified(dense, recipe.dense(dense, last, AUXILIARY_UNITS));
    last = recipe.dropped(name, last, AUXILIARY_DROP_RATE);
    recipe.auxiliaryClassified(name, last, classes, AUXILIARY_WEIGHT);
  }
}
