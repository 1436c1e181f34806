package convoy.driver.monitoring.history;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.monitoring.event.PredictionAdvanced;
import convoy.driver.monitoring.event.PredictionEnded;
import convoy.driver.monitoring.event.PredictionStarted;
import org.junit.jupiter.api.Test;

class PredictionHistoryTest {
  private final PredictionHistory history =
      new PredictionHistory(
          new PredictionStarted(0, "resnet-20", "file:/m", "file:/i", "file:/o", 1_000, 10, false));

  @Test
  void timeLeft_isThatOfThePaceSinceTheFirstFiles() {
    history.add(new PredictionAdvanced(20_000, 100, 0));
    assertThat(history.view().secondsLeft()).isNull();
    history.add(new PredictionAdvanced(30_000, 400, 1));
    // A count that another one has overtaken.
    history.add(new PredictionAdvanced(30_000, 300, 1));

    PredictionView view = history.view();
    assertThat(view.state()).isEqualTo(PredictionView.RUNNING);
    assertThat(view.filesDone()).isEqualTo(400);
    assertThat(view.filesPerSecond()).isEqualTo(30);
    assertThat(view.secondsLeft()).isEqualTo(20);
  }

  @Test
  void rateOfAJobThatEnded_isThatOfTheWholeJob() {
    history.add(new PredictionAdvanced(20_000, 100, 0));
    history.add(new PredictionAdvanced(50_000, 1_000, 0));
    history.add(new PredictionEnded(55_000, PredictionEnded.Outcome.FINISHED, null, null));

    PredictionView view = history.view();
    assertThat(view.state()).isEqualTo("FINISHED");
    assertThat(view.filesPerSecond()).isEqualTo(20);
    assertThat(view.secondsLeft()).isNull();
    assertThat(view.updated()).isEqualTo(55_000);
  }
}
