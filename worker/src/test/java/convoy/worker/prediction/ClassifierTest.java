package convoy.worker.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.engine.Engine;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.evaluation.Evaluator;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.decoding.ImageDecoder;
import convoy.worker.image.decoding.ImageFiles;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.model.InferenceModel;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.Sgd;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ClassifierTest {
  private static final Engine ENGINE = Engines.named("dl4j");
  private static final NetworkSpec NETWORK =
      new NetworkSpec("cifar10-quick", new ImageShape(3, 32, 32), 4);
  private static final List<byte[]> IMAGES =
      IntStream.range(0, 7).mapToObj(ClassifierTest::noise).toList();

  private static final Normalization NORMALIZATION =
      new Normalization(new float[] {0.4f, 0.5f, 0.6f}, new float[] {0.2f, 0.2f, 0.3f});

  private static InferenceModel model;

  @BeforeAll
  static void createModel() {
    try (TrainingNetwork network =
        ENGINE.openTraining(new TrainingSpec(NETWORK, new Sgd(0, 0), 0, 1), 1, 3)) {
      model =
          new InferenceModel(
              NETWORK,
              List.of("ant", "bee", "cow", "dog"),
              Preprocessing.stretching(NETWORK.inputShape(), NORMALIZATION),
              network.parameters());
    }
  }

  @Test
  void classifications_areTheNetworksAnswersMostProbableFirst() {
    byte[] pixels = new byte[7 * 3072];
    for (int i = 0; i < 7; i++) {
      System.arraycopy(IMAGES.get(i), 0, pixels, i * 3072, 3072);
    }
    float[] probabilities;
    try (InferenceNetwork network = ENGINE.openInference(NETWORK, model.parameters(), 7)) {
      probabilities =
          network.predict(
              new MinibatchAssembler(
                      new PackedImages(NETWORK.inputShape(), pixels, new char[7]),
                      model.preprocessing(),
                      7)
                  .assemble(0, 7));
    }

    List<Classification> classifications = classify(IMAGES, 7, 4);

    assertThat(classifications).hasSize(7);
    for (int i = 0; i < 7; i++) {
      List<LabelProbability> top = classifications.get(i).top();
      assertThat(top).isSortedAccordingTo(Comparator.comparing(entry -> -entry.probability()));
      assertThat(top)
          .extracting(LabelProbability::label)
          .containsExactlyInAnyOrderElementsOf(model.labels());
      for (LabelProbability entry : top) {
        float expected = probabilities[i * 4 + model.labels().indexOf(entry.label())];
        assertThat((float) entry.probability()).isEqualTo(expected);
      }
      assertThat(top.stream().mapToDouble(LabelProbability::probability).sum())
          .isCloseTo(1, within(1e-5));
      assertThat(classifications.get(i).label()).isEqualTo(top.get(0).label());
      assertThat(classifications.get(i).probability()).isEqualTo(top.get(0).probability());
    }
  }

  @Test
  void batchSize_changesNoAnswer() {
    List<Classification> together = classify(IMAGES, 7, 4);

    for (int batchSize : new int[] {1, 3, 6, 100}) {
      List<Classification> classifications = classify(IMAGES, batchSize, 4);
      assertThat(classifications).hasSize(7);
      for (int i = 0; i < 7; i++) {
        assertThat(classifications.get(i).label()).isEqualTo(together.get(i).label());
        assertThat(classifications.get(i).probability())
            .isCloseTo(together.get(i).probability(), within(1e-5));
      }
    }
    assertThat(classify(List.of(), 3, 4)).isEmpty();
  }

  @Test
  void topK_isTheBeginningOfTheWholeListAndNeverLonger() {
    List<Classification> all = classify(IMAGES, 7, 4);

    assertThat(classify(IMAGES, 7, 2))
        .extracting(Classification::top)
        .isEqualTo(all.stream().map(whole -> whole.top().subList(0, 2)).toList());
    assertThat(classify(IMAGES, 7, 1000)).isEqualTo(all);
  }

  @Test
  void testTimeFlip_givesAnImageTheAnswersOfItsMirrorImage() {
    List<byte[]> mirrored = IMAGES.stream().map(ClassifierTest::mirrored).toList();

    List<Classification> classifications = classify(IMAGES, 7, 4, TestTimeFlip.ON);

    assertThat(classifications)
        .isEqualTo(classify(mirrored, 7, 4, TestTimeFlip.ON))
        .isNotEqualTo(classify(IMAGES, 7, 4));
    assertThat(classify(mirrored, 7, 4)).isNotEqualTo(classify(IMAGES, 7, 4));
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void classifierOfFiles_andEvaluatorOfTheirShard_agreeToTheBit(Fit fit) throws Exception {
    ImageShape stored = new ImageShape(3, 40, 40);
    Preprocessing preprocessing = new Preprocessing(stored, 4, fit, NORMALIZATION);
    InferenceModel photographs =
        new InferenceModel(NETWORK, model.labels(), preprocessing, model.parameters());
    ImageDecoder decoder =
        new ImageDecoder(preprocessing.storedShape(), preprocessing.fit(), 1_000_000);
    List<byte[]> decoded = new ArrayList<>();
    for (int[] size : new int[][] {{90, 60}, {40, 40}, {33, 47}, {20, 200}, {500, 41}}) {
      BufferedImage picture = ImageFiles.noise(size[0], size[1], BufferedImage.TYPE_INT_RGB);
      decoded.add(decoder.decode(ImageFiles.encode(picture, "png")));
    }
    byte[] pixels = new byte[decoded.size() * stored.pixels()];
    char[] labels = new char[decoded.size()];
    List<Classification> classifications;
    try (Classifier classifier =
        new Classifier(photographs, ENGINE, decoded.size(), 1, TestTimeFlip.OFF)) {
      classifications = classifier.classify(decoded);
    }
    double lossSum = 0;
    for (int i = 0; i < decoded.size(); i++) {
      System.arraycopy(decoded.get(i), 0, pixels, i * stored.pixels(), stored.pixels());
      labels[i] = (char) model.labels().indexOf(classifications.get(i).label());
      lossSum -= Math.log((float) classifications.get(i).probability());
    }

    Evaluation evaluation;
    try (InferenceNetwork network =
        ENGINE.openInference(NETWORK, model.parameters(), decoded.size())) {
      evaluation =
          Evaluator.evaluate(
              network,
              new PackedImages(stored, pixels, labels),
              preprocessing,
              NETWORK.classes(),
              decoded.size());
    }

    assertThat(evaluation.confusionMatrix().correct()).isEqualTo(decoded.size());
    assertThat(evaluation.lossSum()).isCloseTo(lossSum, within(1e-12));
  }

  private static byte[] mirrored(byte[] image) {
    byte[] mirrored = new byte[image.length];
    for (int i = 0; i < image.length; i++) {
      mirrored[i] = image[i - i % 32 + 31 - i % 32];
    }
    return mirrored;
  }

  @Test
  void probability_isTheShortestDecimalOfTheFloat() {
    assertThat(LabelProbability.of("cat", 0.91f).probability()).isEqualTo(0.91);
  }

  @Test
  void imageOfAnotherSize_isRefused() {
    assertThatThrownBy(() -> classify(List.of(new byte[100]), 1, 1))
        .hasMessage("Cannot classify an image of 100 values: the model takes 3x32x32");
  }

  private static List<Classification> classify(List<byte[]> images, int batchSize, int topK) {
    return classify(images, batchSize, topK, TestTimeFlip.OFF);
  }

  private static List<Classification> classify(
      List<byte[]> images, int batchSize, int topK, TestTimeFlip flip) {
    try (Classifier classifier = new Classifier(model, ENGINE, batchSize, topK, flip)) {
      return classifier.classify(images);
    }
  }

  private static byte[] noise(int seed) {
    byte[] pixels = new byte[3072];
    if (seed == 0) {
      Arrays.fill(pixels, (byte) 128);
    } else {
      new Random(seed).nextBytes(pixels);
    }
    return pixels;
  }
}
