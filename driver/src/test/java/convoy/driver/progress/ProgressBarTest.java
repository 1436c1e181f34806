package convoy.driver.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.progress.ProgressDisplay.Milestone;
import convoy.driver.progress.ProgressState.Fact;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final Screen screen = new Screen();

  private static ProgressState state(String fact) {
    return new ProgressState(1, List.of(new Fact(0, fact)));
  }

  @Test
  void whatIsPrintedMeanwhile_goesAboveTheLine() {
    PrintStream before = System.err;
    try (ProgressBar bar = new ProgressBar(new Terminal(25), screen.stream())) {
      bar.show(() -> state("first"));
      System.err.println("a warning that is much longer than the line");
      bar.reached(new Milestone("epoch loss", "    1  2.3", "not for a terminal"));
      bar.show(() -> state("second"));
      bar.reached(new Milestone("epoch loss", "    2  1.3", "not for a terminal"));

      assertThat(screen.lines())
          .containsExactly(
              "a warning that is much longer than the line",
              "epoch loss",
              "    1  2.3",
              "    2  1.3",
              "[##########] second");
    }
    assertThat(screen.lines()).hasSize(5).last().isEqualTo("");
    assertThat(System.err).isSameAs(screen.stream());
    System.setErr(before);
  }

  @Test
  void afterItsEnd_nothingIsShown() {
    PrintStream before = System.err;
    ProgressBar bar = new ProgressBar(new Terminal(80), screen.stream());
    bar.close();
    bar.show(() -> state("late"));
    bar.reached(new Milestone("heading", "row", "sentence"));
    bar.close();
    System.setErr(before);

    assertThat(screen.lines()).containsExactly("");
  }

  @RepeatedTest(20)
  void printedLines_areWholeHoweverTheyComeAndTheLineIsTheLast(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    LiveLine live = new LiveLine(screen.stream());
    StringBuilder written = new StringBuilder();
    List<String> shown = new ArrayList<>(List.of(""));
    for (int i = 0; i < 200; i++) {
      if (random.nextBoolean()) {
        shown.add("=".repeat(random.nextInt(20)));
        live.show(shown.get(shown.size() - 1));
      } else {
        String piece = "x".repeat(random.nextInt(5)) + "\n".repeat(random.nextInt(2));
        written.append(piece);
        live.write(piece.getBytes(UTF_8), 0, piece.length());
      }
    }
    live.write('\n');
    written.append('\n');

    List<String> expected = new ArrayList<>(List.of(written.toString().split("\n", -1)));
    expected.set(expected.size() - 1, shown.get(shown.size() - 1));
    assertThat(screen.lines()).isEqualTo(expected);
  }
}
