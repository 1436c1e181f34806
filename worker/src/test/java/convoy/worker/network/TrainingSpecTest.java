package convoy.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.shard.CifarRecord;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSpecTest {
  @Test
  void classWeights_thatAreNotOneFinitePositiveNumberForEachClass_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingSpec(RESIDUAL, PLAIN, 0, 1, List.of(1.0, 1.0)))
        .withMessage(
            "Cannot weigh 10 classes by 2 weights: the numbers must be equal (or give no weights)");
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TrainingLoss(0, List.of(0.5, weight)))
          .withMessage(
              "Cannot weigh class 1 by %s: a weight must be a finite number of 0 or more (1 is as it is)",
              weight);
    }
  }

  @Test
  void withoutDropout_keepsTheClassWeights() {
    List<Double> weights = Collections.nCopies(10, 0.5);

    assertThat(new TrainingSpec(VGG, PLAIN, 0, 1, weights).withoutDropout().classWeights())
        .isEqualTo(weights);
  }

  private static final NetworkSpec VGG = new NetworkSpec("vgg-16", CifarRecord.SHAPE, 10);
  private static final NetworkSpec RESIDUAL = new NetworkSpec("resnet-8", CifarRecord.SHAPE, 10);
  private static final OptimizerSpec PLAIN = new Sgd(0, 0);

  private static List<Double> dropRates(ComputationGraphConfiguration configuration) {
    return configuration.getVertices().values().stream()
        .flatMap(vertex -> vertex instanceof LayerVertex layer ? Stream.of(layer) : Stream.of())
        .map(layer -> layer.getLayerConf().getLayer())
        .filter(layer -> layer instanceof DropoutLayer && layer.getIDropout() != null)
        .map(layer -> 1 - ((Dropout) layer.getIDropout()).getP())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.25})
  void dropoutShare_isThatOfTheNetworksOwnRates(double share) {
    List<Double> own = dropRates(VGG.configuration(PLAIN, 1));

    List<Double> rates = dropRates(new TrainingSpec(VGG, PLAIN, 0, share).configuration(1));

    assertThat(own).hasSize(10);
    assertThat(rates).hasSameSizeAs(own);
    for (int i = 0; i < own.size(); i++) {
      assertThat(rates.get(i)).isCloseTo(share * own.get(i), within(1e-12));
    }
  }

  @Test
  void withoutDropout_hasNone() {
    TrainingSpec none = new TrainingSpec(VGG, PLAIN, 0, 0.5).withoutDropout();

    assertThat(none).isEqualTo(new TrainingSpec(VGG, PLAIN, 0, 0));
    assertThat(dropRates(none.configuration(1))).isEmpty();
  }

  @Test
  void withoutDropout_whereThereIsNone_isTheSame() {
    TrainingSpec none = new TrainingSpec(VGG, PLAIN, 0, 0);
    TrainingSpec residual = new TrainingSpec(RESIDUAL, PLAIN, 0, 1);

    assertThat(none.withoutDropout()).isSameAs(none);
    assertThat(residual.withoutDropout()).isSameAs(residual);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void dropoutShare_outOfItsRange_isRefused(double share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingSpec(VGG, PLAIN, 0, share))
        .withMessage(
            "Cannot drop at %s times the network's rates: the share must be 0 to 1 (0 is none)",
            share);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
  void labelSmoothing_outOfItsRange_isRefused(double smoothing) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingSpec(RESIDUAL, PLAIN, smoothing, 1))
        .withMessage(
            "Cannot smooth labels by %s: the share must be 0 or more and less than 1 (0 is none)",
            smoothing);
  }
}
