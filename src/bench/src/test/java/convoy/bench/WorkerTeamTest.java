package convoy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import convoy.bench.worker.Mode;
import convoy.bench.worker.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerTeamTest {
  private static final int BATCH_SIZE = 10;

  @Test
  void repeat_ofTwoProcesses_countsTheImagesOfBothInTheTimeOfOne() throws ContestantException {
    try (WorkerTeam team = team(TestWorker.SLEEPS, 2)) {
      assertThat(team.open()).isEqualTo(new Contestant.Opened("test 1.0", 7));
      // Sleeping takes no less than asked for, and on a busy machine more.
      double most = 2 * BATCH_SIZE * 1000.0 / TestWorker.STEP;
      assertThat(team.repeat()).isLessThanOrEqualTo(most).isCloseTo(most, within(0.6 * most));
      assertThat(team.peakMebibytes()).isBetween(10L, 2000L);
      assertThat(team.isSpent()).isFalse();
    }
  }

  @Test
  void open_ofAWorkerThatDies_saysHowAndItsLastWords() {
    try (WorkerTeam team = team(TestWorker.DIES, 1)) {
      assertThatThrownBy(team::open)
          .isInstanceOf(ContestantException.class)
          .hasMessage("its process ended with exit code 3; its last words: no more memory");
    }
  }

  @Test
  void open_ofAWorkerThatRefuses_saysItsReasonInOneLine() {
    try (WorkerTeam team = team(TestWorker.REFUSES, 1)) {
      assertThatThrownBy(team::open)
          .isInstanceOf(ContestantException.class)
          .hasMessage("Cannot build it: no such network");
    }
  }

  @Test
  void stepsOfRepetition_areThreeOrOneAndAHalfSeconds_andNotBeyondTenSecondsButOne() {
    assertThat(WorkerTeam.stepsOfRepetition(0.01)).isEqualTo(150);
    assertThat(WorkerTeam.stepsOfRepetition(1)).isEqualTo(3);
    assertThat(WorkerTeam.stepsOfRepetition(4)).isEqualTo(2);
    assertThat(WorkerTeam.stepsOfRepetition(26)).isEqualTo(1);
  }

  private static WorkerTeam team(String network, int processes) {
    Workload workload = new Workload("test", network, 32, Mode.TRAIN, processes, BATCH_SIZE);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(TestWorker.class.getName());
    command.addAll(workload.arguments());
    return new WorkerTeam(workload, command, processes);
  }
}
