package convoy.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {
  @ParameterizedTest
  @CsvSource({
    "training.epoch, training.epochs",
    "trainng.epochs, training.epochs",
    "optimizer.epochs, training.epochs",
    "epochs, training.epochs",
    "epoch, training.epochs",
    "train.batch-size, training.batch-size",
    "predict.batch-size, prediction.batch-size",
    "optimizer.adam.learningRate, optimizer.adam.learning-rate",
    "sgd.learning-rate, optimizer.sgd.learning-rate",
  })
  void closest_nearKey_isSuggested(String typed, String meant) {
    assertThat(Suggestion.closest(typed, ReferenceConfig.load().keys())).contains(meant);
  }

  @Test
  void closest_nothingNear_suggestsNothing() {
    assertThat(Suggestion.closest("spark.ui.port", ReferenceConfig.load().keys())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "saturday, sunday, 3", "a, '', 1", "same, same, 0"})
  void editDistance_ofTextbookPairs(String from, String to, int distance) {
    assertThat(Suggestion.editDistance(from, to)).isEqualTo(distance);
    assertThat(Suggestion.editDistance(to, from)).isEqualTo(distance);
  }
}
