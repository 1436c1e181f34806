package convoy.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import convoy.worker.image.ImageShape;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.optimizer.AdamW;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class NetworkSpecTest {
  private static final OptimizerSpec PLAIN = new Sgd(0, 0);

  /**
   * Weights of an N-layer network by its construction: 3x3 convolutions of 16, 32 and 64 channels
   * with two batch-norm vectors each, 1x1 convolutions on the two widening shortcuts, 64 x 10
   * dense.
   */
  private static long residualWeights(int depth) {
    int n = (depth - 2) / 6;
    long weights = 3 * 16 * 9 + 2 * 16;
    int in = 16;
    for (int channels : new int[] {16, 32, 64}) {
      for (int block = 0; block < n; block++) {
        weights += (long) in * channels * 9 + (long) channels * channels * 9 + 4L * channels;
        if (in != channels) {
          weights += (long) in * channels + 2L * channels;
        }
        in = channels;
      }
    }
    return weights + 64 * 10 + 10;
  }

  /** Parameters that gradients change: all but the batch norms' means and variances. */
  private static long trainable(NetworkSpec network) {
    return network.parameterCount() - 2 * normalizedChannels(network);
  }

  private static long normalizedChannels(NetworkSpec network) {
    return layers(network, BatchNormalization.class).mapToLong(BatchNormalization::getNOut).sum();
  }

  private static <T> Stream<T> layers(NetworkSpec network, Class<T> type) {
    return network.configuration().getVertices().values().stream()
        .filter(LayerVertex.class::isInstance)
        .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
        .filter(type::isInstance)
        .map(type::cast);
  }

  private static NetworkSpec small(String name) {
    return new NetworkSpec(name, CifarRecord.SHAPE, 10);
  }

  private static NetworkSpec imageNet(String name) {
    return new NetworkSpec(name, new ImageShape(3, 224, 224), 1000);
  }

  private static ComputationGraph graph(String name) {
    ComputationGraph graph = new ComputationGraph(small(name).configuration(PLAIN, 1));
    graph.init();
    return graph;
  }

  @ParameterizedTest
  @CsvSource({"20, 272282", "32, 466714", "44, 661146", "56, 855578", "110, 1730522"})
  void residualNetwork_hasTheWeightsOfItsConstruction(
      int depth, long expectedWithoutShortcutNorms) {
    long trainable = trainable(small("resnet-" + depth));

    assertThat(trainable).isEqualTo(residualWeights(depth));
    // The figure with plain 1x1 shortcuts, plus their two batch normalizations.
    assertThat(trainable).isEqualTo(expectedWithoutShortcutNorms + 192);
  }

  @Test
  void resnet32_hasThePublishedNumberOfWeights() {
    // 0.46 million (He et al. 2015, table 6); 466,906 with batch-normalized 1x1 shortcuts.
    assertThat(residualWeights(32)).isEqualTo(466_906);
  }

  @ParameterizedTest
  @CsvSource({
    "vgg-11, 64 128 256 256 512 512 512 512",
    "vgg-13, 64 64 128 128 256 256 512 512 512 512",
    "vgg-16, 64 64 128 128 256 256 256 512 512 512 512 512 512",
    "vgg-19, 64 64 128 128 256 256 256 256 512 512 512 512 512 512 512 512"
  })
  void vggForSmallImages_hasTheWeightsOfItsConstruction(String name, String channels) {
    long weights = 0;
    int in = 3;
    for (String channelsOut : channels.split(" ", -1)) {
      int out = Integer.parseInt(channelsOut);
      weights += (long) in * out * 9 + 2L * out;
      in = out;
    }
    weights += 2 * (512 * 512 + 512) + 2 * 512 + 512 * 10 + 10;

    assertThat(trainable(small(name))).isEqualTo(weights);
  }

  /**
   * The published figures are those of torchvision's {@code vgg11_bn} and so on (its documentation,
   * "Models and pre-trained weights", {@code num_params}). Its convolutions have a bias in front of
   * the batch normalization, whose own bias makes it superfluous; ours have none, so one parameter
   * less for each normalized channel.
   */
  @ParameterizedTest
  @CsvSource({
    "vgg-11, 132868840, 2752",
    "vgg-13, 133053736, 2944",
    "vgg-16, 138365992, 4224",
    "vgg-19, 143678248, 5504"
  })
  void vggForImageNet_hasThePublishedWeights_lessTheConvolutionsBiases(
      String name, long published, long convolutionChannels) {
    NetworkSpec network = imageNet(name);

    assertThat(normalizedChannels(network)).isEqualTo(convolutionChannels);
    assertThat(trainable(network)).isEqualTo(published - convolutionChannels);
  }

  /** Published: torchvision's documentation, "Models and pre-trained weights", num_params. */
  @ParameterizedTest
  @CsvSource({"18, 11689512", "34, 21797672", "50, 25557032", "101, 44549160", "152, 60192808"})
  void residualNetworkForImageNet_hasThePublishedNumberOfWeights(int depth, long published) {
    assertThat(trainable(imageNet("resnet-" + depth))).isEqualTo(published);
  }

  /**
   * Published: 6,998,552 without auxiliary classifiers (Caffe's {@code bvlc_googlenet}). An
   * auxiliary classifier behind C channels has a 1x1 convolution to 128 channels, 4x4x128 to 1024
   * units and 1000 classes, each with bias.
   */
  @Test
  void googLeNetForImageNet_hasThePublishedNumberOfWeights() {
    long auxiliary = 0;
    for (int channels : new int[] {512, 528}) {
      auxiliary += (channels + 1L) * 128 + (16 * 128 + 1L) * 1024 + (1024 + 1L) * 1000;
    }

    assertThat(imageNet("googlenet").parameterCount())
        .isEqualTo(6_998_552 + auxiliary)
        .isEqualTo(13_378_280);
  }

  @Test
  void googLeNetForSmallImages_differsByItsStemAndItsDenseLayers() {
    // Of the large network's: a 3x3 stem instead of 7x7, auxiliary maps of 2x2 instead of 4x4, and
    // 10 classes instead of 1000 behind 1024, 1024 and 1024 units.
    long expected =
        13_378_280 - (49 - 9) * 3 * 64 - 2L * (16 - 4) * 128 * 1024 - 3L * 990 * (1024 + 1);

    assertThat(small("googlenet").parameterCount()).isEqualTo(expected);
  }

  @Test
  void googLeNet_hasItsClassificationFirst_andAuxiliaryClassifiersOfWeight03() {
    ComputationGraphConfiguration configuration = imageNet("googlenet").configuration();

    assertThat(configuration.getNetworkOutputs())
        .containsExactly("probabilities", "auxiliary4a", "auxiliary4d");
    assertThat(weights(configuration, "probabilities")).isNull();
    for (String auxiliary : new String[] {"auxiliary4a", "auxiliary4d"}) {
      assertThat(weights(configuration, auxiliary).toFloatVector())
          .hasSize(1000)
          .containsOnly(0.3f);
    }
  }

  private static INDArray weights(ComputationGraphConfiguration configuration, String output) {
    LayerVertex vertex = (LayerVertex) configuration.getVertices().get(output);
    OutputLayer layer = (OutputLayer) vertex.getLayerConf().getLayer();
    return ((LossMCXENT) layer.getLossFn()).getWeights();
  }

  /** Sizes of maps by the papers: He et al., table 1; Szegedy et al., table 1; VGG halves. */
  @ParameterizedTest
  @CsvSource({
    "resnet-18, 224, stem-relu 112 stem-pool 56 group2-block1 28 group3-block1 14 group4-block2 7",
    "resnet-50, 224, stem-relu 112 stem-pool 56 group2-block1-b 28 group3-block1-b 14 group4-block3 7",
    "googlenet, 224, stem1-conv 112 stem1-pool 56 stem3-pool 28 stage3-pool 14 auxiliary4a-pool 4 auxiliary4d-pool 4 stage4-pool 7",
    "resnet-18, 32, stem-relu 32 group2-block1 16 group3-block1 8 group4-block2 4",
    "resnet-18, 65, stem-relu 33 stem-pool 17 group2-block1 9 group3-block1 5 group4-block2 3",
    "resnet-8, 33, stem-relu 33 group2-block1 17 group3-block1 9",
    "googlenet, 95, stem1-conv 95 stem3-pool 48 stage3-pool 24 auxiliary4a-pool 7 stage4-pool 12",
    "googlenet, 96, stem1-conv 48 stem3-pool 12 stage3-pool 6 auxiliary4a-pool 1 stage4-pool 3",
    "googlenet, 32, stem1-conv 32 stem3-pool 16 stage3-pool 8 auxiliary4a-pool 2 auxiliary4d-pool 2 stage4-pool 4",
    "vgg-19, 224, group1-pool 112 group5-pool 7",
    "vgg-11, 32, group1-pool 16 group5-pool 1"
  })
  void maps_haveThePapersSizes(String name, int pixels, String expected) {
    NetworkSpec network = new NetworkSpec(name, new ImageShape(3, pixels, pixels), 10);
    Map<String, InputType> types =
        network.configuration().getLayerActivationTypes(InputType.convolutional(pixels, pixels, 3));
    String[] words = expected.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      String layer = types.containsKey(words[i]) ? words[i] : words[i] + "-relu";
      InputType.InputTypeConvolutional map = (InputType.InputTypeConvolutional) types.get(layer);
      assertThat(map.getHeight()).as(words[i]).isEqualTo(Long.parseLong(words[i + 1]));
      assertThat(map.getWidth()).as(words[i]).isEqualTo(Long.parseLong(words[i + 1]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vgg-11, 32, 0.4 0.4 0.4 0.5 0.5",
    "vgg-13, 32, 0.3 0.4 0.4 0.4 0.4 0.5 0.5",
    "vgg-16, 224, 0.5 0.5",
    "googlenet, 32, 0.4 0.7 0.7",
    "resnet-20, 32, ''"
  })
  void dropout_hasTheRatesOfThePapers(String name, int pixels, String expected) {
    NetworkSpec network = new NetworkSpec(name, new ImageShape(3, pixels, pixels), 10);

    // DL4J's dropout is the probability to keep a unit.
    String rates =
        layers(network, DropoutLayer.class)
            .map(layer -> "%.1f".formatted(1 - ((Dropout) layer.getIDropout()).getP()))
            .sorted()
            .collect(Collectors.joining(" "));

    assertThat(rates).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"resnet-8", "resnet-50", "vgg-11", "vgg-19", "googlenet", "cifar10-quick"})
  void parameterCount_isTheLengthOfTheGraphsVector(String name) {
    assertThat(small(name).parameterCount()).isEqualTo(graph(name).numParams());
  }

  @Test
  void cifar10Quick_hasCaffesNumberOfWeights() {
    assertThat(small("cifar10-quick").parameterCount()).isEqualTo(145_578);
  }

  @Test
  void initialWeights_haveHesVariance() {
    ComputationGraph graph = graph("resnet-20");

    double variance =
        graph.getLayer("group3-block3-b-conv").getParam("W").varNumber().doubleValue();

    // 2 / fan-in, of 36,864 draws: a relative deviation of 3 % is five standard errors.
    assertThat(variance).isBetween(0.97 * 2 / (64 * 9), 1.03 * 2 / (64 * 9));
  }

  @Test
  void batchNormalization_keepsVariance_notItsLogarithm() {
    ComputationGraph graph = graph("resnet-20");

    Layer norm = graph.getLayer("stem-norm");

    assertThat(norm.paramTable()).containsKey("var").doesNotContainKey("log10stdev");
    assertThat(norm.getParam("var").minNumber().floatValue()).isEqualTo(1);
  }

  @Test
  void weightDecayOfAdam_isAppliedOnceAStep() {
    double learningRate = 0.01;
    double weightDecay = 0.1;
    float[] before = firstConvolution(0, learningRate, 0);
    float[] plain = firstConvolution(0, learningRate, 1);
    float[] decayed = firstConvolution(weightDecay, learningRate, 1);

    double shrinkage = 0;
    double square = 0;
    for (int i = 0; i < before.length; i++) {
      shrinkage += (double) (plain[i] - decayed[i]) * before[i];
      square += (double) before[i] * before[i];
    }
    assertThat(shrinkage / square).isCloseTo(learningRate * weightDecay, withinPercentage(1));
  }

  /** Its weights after that many steps on images of ones. */
  private static float[] firstConvolution(double weightDecay, double learningRate, int steps) {
    ComputationGraph graph =
        new ComputationGraph(
            new NetworkSpec("cifar10-quick", CifarRecord.SHAPE, 10)
                .configuration(new AdamW(0.9, 0.999, 1e-8, weightDecay), 1));
    graph.init();
    graph.setLearningRate(learningRate);
    for (int i = 0; i < steps; i++) {
      graph.fit(
          new INDArray[] {Nd4j.ones(2, 3, 32, 32)}, new INDArray[] {Nd4j.eye(10).getRows(0, 1)});
    }
    return graph.getLayer("group1-conv").getParam("W").dup().data().asFloat();
  }

  /**
   * An untrained network that is sure of a class spends its first steps on undoing that; dropout
   * makes it worse.
   */
  @Test
  void vgg_untrained_isSureOfNoClass() {
    ComputationGraph graph = graph("vgg-16");
    Nd4j.getRandom().setSeed(1);

    INDArray probabilities = graph.output(true, Nd4j.randn(32, 3, 32, 32))[0];

    assertThat(probabilities.max(1).meanNumber().doubleValue()).isBetween(0.1, 0.2);
    graph.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, (1L << 53) - 1})
  void seed_determinesTheInitialParameters(long seed) throws InterruptedException {
    float[] parameters = initialParameters(seed);
    // ND4J would take the clock's milliseconds for a seed of 0.
    Thread.sleep(2);

    assertThat(initialParameters(seed)).isEqualTo(parameters);
    assertThat(initialParameters(2)).isNotEqualTo(parameters);
  }

  private static float[] initialParameters(long seed) {
    ComputationGraph graph = new ComputationGraph(small("resnet-8").configuration(PLAIN, seed));
    graph.init();
    float[] parameters = graph.params().toFloatVector();
    graph.close();
    return parameters;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 21, 51, 100, 1208, 99_998})
  void unknownDepthOfResidualNetworks_isRefusedWithTheRule(int depth) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkSpec.requireName("resnet-" + depth))
        .withMessage(
            "Cannot build resnet-%d: the depth must be 6n+2 from 8 to 1202, or 18, 34, 50, 101 or 152 (choose such a depth)",
            depth);
  }

  /** A shorter side of 64 pixels divides the small from the large, whatever the longer one is. */
  @Test
  void depthsOfBothKinds_areTheNetworkForCifarOnSmallImages_andThatForImageNetOnOthers() {
    // 50 = 6 x 8 + 2 has three groups of basic blocks on small images, bottlenecks on others.
    for (ImageShape shape : shapes("32x32 63x63 63x500")) {
      assertThat(trainable(new NetworkSpec("resnet-50", shape, 10))).isEqualTo(residualWeights(50));
    }
    for (ImageShape shape : shapes("64x64 64x500 224x224")) {
      assertThat(new NetworkSpec("resnet-50", shape, 10).configuration().getVertices())
          .containsKeys("group1-block1-c-conv", "group4-block3-sum", "stem-pool");
    }
  }

  @Test
  void depthsOfOneKind_areThatNetworkAtEverySize() {
    long small = trainable(new NetworkSpec("resnet-18", new ImageShape(3, 32, 40), 1000));

    for (ImageShape shape : shapes("32x32 33x47 64x64 224x224 100x300")) {
      assertThat(trainable(new NetworkSpec("resnet-20", shape, 10))).isEqualTo(residualWeights(20));
    }
    // The paper's stem of 7x7 weights and no others differ.
    assertThat(small).isEqualTo(11_689_512 - (49 - 9) * 3 * 64);
    assertThat(trainable(new NetworkSpec("resnet-18", new ImageShape(3, 64, 80), 1000)))
        .isEqualTo(11_689_512);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet-8, 32x32 33x47 64x64 500x41",
    "resnet-18, 32x32 33x47 63x63 64x64 65x91 500x41",
    "resnet-152, 32x32 64x64",
    "vgg-11, 32x32 33x47 64x48 224x224 224x223",
    "googlenet, 32x32 33x50 64x64 95x95 96x96 97x97 33x300 96x300 224x224",
    "cifar10-quick, 8x8 32x32 33x47"
  })
  void networks_takeImagesOfAnyShapeFromTheirSmallestOn(String name, String shapes) {
    for (ImageShape shape : shapes(shapes)) {
      NetworkSpec network = new NetworkSpec(name, shape, 10);
      Map<String, InputType> types =
          network
              .configuration()
              .getLayerActivationTypes(
                  InputType.convolutional(shape.height(), shape.width(), shape.channels()));
      types.forEach(
          (layer, type) ->
              assertThat(type.arrayElementsPerExample()).as(name + shape + layer).isPositive());
      assertThat(network.parameterCount()).isPositive();
    }
  }

  private static List<ImageShape> shapes(String heightsAndWidths) {
    return Stream.of(heightsAndWidths.split(" ", -1))
        .map(sides -> sides.split("x", -1))
        .map(sides -> new ImageShape(3, Integer.parseInt(sides[0]), Integer.parseInt(sides[1])))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"resnet", "resnet-", "resnet-x", "vgg", "lenet", "googlenet-3", "cifar10", ""})
  void unknownName_isRefusedWithTheNamesThereAre(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkSpec.requireName(name))
        .withMessage(
            "Cannot build a network named '%s': there are resnet-N (N = 6n+2 from 8 to 1202, or 18, 34, 50, 101 or 152), vgg-N (N = 11, 13, 16 or 19), googlenet, cifar10-quick (give one of these)",
            name);
  }

  @Test
  void unknownDepthOfVgg_isRefusedWithTheDepthsThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkSpec.requireName("vgg-12"))
        .withMessage(
            "Cannot build vgg-12: the depth must be 11, 13, 16 or 19 (choose such a depth)");
  }

  @ParameterizedTest
  @CsvSource({
    "resnet-20, 31x64, 32",
    "resnet-18, 64x31, 32",
    "vgg-16, 32x16, 32",
    "cifar10-quick, 7x32, 8"
  })
  void imagesThatAreTooSmall_areRefused(String name, String shape, int least) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec(name, shapes(shape).get(0), 10))
        .withMessage(
            "Cannot build %s for images of 3x%s: both sides must have at least %d pixels (use larger images)",
            name, shape, least);
  }

  @Test
  void names_areTakenInCapitalsToo() {
    assertThat(new NetworkSpec("ResNet-8", CifarRecord.SHAPE, 10).parameterCount())
        .isEqualTo(small("resnet-8").parameterCount());
    assertThat(new NetworkSpec("GoogLeNet", CifarRecord.SHAPE, 10).parameterCount())
        .isEqualTo(small("googlenet").parameterCount());
  }
}
