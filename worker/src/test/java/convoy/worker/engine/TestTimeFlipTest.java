package convoy.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.engine.catalog.Engines;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.Sgd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTimeFlipTest {
  private static final int COUNT = 5;
  private static final NetworkSpec NETWORK =
      new NetworkSpec("cifar10-quick", CifarRecord.SHAPE, 10);
  private static final PackedImages IMAGES = RandomImages.shard(3, COUNT);

  /** The same images with each row's bytes backwards. */
  private static ImageShard mirrorImages() {
    byte[] pixels = new byte[IMAGES.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = IMAGES.pixels()[i - i % 32 + 31 - i % 32];
    }
    return new PackedImages(CifarRecord.SHAPE, pixels, IMAGES.labels());
  }

  /** One buffer for each call, larger than what is in it. */
  private static Minibatch minibatch(ImageShard shard) {
    return new MinibatchAssembler(shard, RandomImages.preprocessing(), COUNT + 3)
        .assemble(0, COUNT);
  }

  private static InferenceNetwork open(Engine engine, TestTimeFlip flip) {
    float[] parameters;
    try (TrainingNetwork training =
        engine.openTraining(new TrainingSpec(NETWORK, new Sgd(0, 0), 0, 1), 1, 7)) {
      parameters = training.parameters();
    }
    return flip.applyTo(engine.openInference(NETWORK, parameters, COUNT + 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "onednn"})
  void probabilities_areTheMeanOfThoseOfTheImageAndItsMirrorImage(String name) {
    Engine engine = Engines.named(name);
    float[] ofImages;
    float[] ofMirrorImages;
    try (InferenceNetwork plain = open(engine, TestTimeFlip.OFF)) {
      ofImages = plain.predict(minibatch(IMAGES));
      ofMirrorImages = plain.predict(minibatch(mirrorImages()));
    }
    assertThat(ofMirrorImages).isNotEqualTo(ofImages);

    try (InferenceNetwork flipping = open(engine, TestTimeFlip.ON)) {
      float[] means = flipping.predict(minibatch(IMAGES));

      assertThat(means).hasSize(COUNT * 10);
      for (int i = 0; i < means.length; i++) {
        assertThat((double) means[i])
            .isCloseTo(((double) ofImages[i] + ofMirrorImages[i]) / 2, within(1e-7));
      }
      // An image and its mirror image are then the same to it.
      assertThat(flipping.predict(minibatch(mirrorImages()))).isEqualTo(means);
    }
  }
}
