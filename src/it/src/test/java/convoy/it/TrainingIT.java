package convoy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains on separate executor processes, from and to HDFS, and disturbs it in every way. */
@ExtendWith(ClusterExtension.class)
final class TrainingIT {
  private static final String LAST_JOB = "epoch 3/3: test accuracy";

  private final Cluster cluster;
  private final SmallTraining training;

  TrainingIT(Cluster cluster, SmallTraining training) {
    this.cluster = cluster;
    this.training = training;
  }

  @Test
  void model_isCompleteAndItsNumbersAgree() throws Exception {
    JsonNode model = training.output().model();
    byte[] parameters = training.output().parameters();

    assertThat(training.output().names()).containsExactly("checkpoints", "metrics.jsonl", "model");
    assertThat(training.output().names("model"))
        .containsExactly(
            "classes.csv",
            "dl4j-model.zip",
            "evaluation.json",
            "model.json",
            "parameters.f32",
            "report.html");
    assertThat(training.output().names("checkpoints"))
        .containsExactly("epoch-000002-round-0003", "epoch-000003-round-0003");
    assertThat(model.get("network").textValue()).isEqualTo("resnet-8");
    assertThat(model.get("parameterCount").intValue()).isEqualTo(parameters.length / Float.BYTES);
    assertThat(model.get("parametersSha256").textValue())
        .isEqualTo(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(parameters)));
    assertThat(model.at("/test/count").intValue()).isEqualTo(SmallTraining.TEST_IMAGES);
    assertThat(model.at("/test/accuracy").doubleValue())
        .isEqualTo(model.at("/test/correct").doubleValue() / SmallTraining.TEST_IMAGES);
    assertThat(
            training.output().classTable().stream().mapToInt(row -> Integer.parseInt(row[1])).sum())
        .isEqualTo(SmallTraining.TEST_IMAGES);
    assertThat(
            training.output().classTable().stream().mapToInt(row -> Integer.parseInt(row[2])).sum())
        .isEqualTo(model.at("/test/correct").intValue());
  }

  @Test
  void standardOutput_namesTheModelAndItsChecksum() throws Exception {
    assertThat(training.outcome().out())
        .containsExactly(
            "Test accuracy %.4f after 3 epochs"
                .formatted(training.output().model().at("/test/accuracy").doubleValue()),
            "Model: " + cluster.uri("/train/model"),
            "SHA-256 of its parameters: " + training.output().parametersSha256());
  }

  @Test
  void metrics_haveEveryRoundAndEveryEpochAsDocumented() throws Exception {
    List<JsonNode> rounds = training.output().metrics("round");
    List<JsonNode> epochs = training.output().metrics("epoch");

    assertThat(rounds).extracting(TrainingIT::place).isEqualTo(allRounds());
    assertThat(rounds)
        .allSatisfy(
            round ->
                assertThat(round.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                        "kind",
                        "time",
                        "epoch",
                        "round",
                        "examples",
                        "trainLoss",
                        "trainAccuracy",
                        "learningRate",
                        "imagesPerSecond",
                        "broadcastSeconds",
                        "computeSeconds",
                        "gatherSeconds",
                        "averageSeconds",
                        "replicaSeconds",
                        "replicaDistances"));
    assertThat(epochs).extracting(epoch -> epoch.get("epoch").intValue()).containsExactly(1, 2, 3);
    for (JsonNode epoch : epochs) {
      assertThat(epoch.get("testCount").intValue()).isEqualTo(SmallTraining.TEST_IMAGES);
      assertThat(epoch.get("testAccuracy").doubleValue())
          .isEqualTo(epoch.get("testCorrect").doubleValue() / SmallTraining.TEST_IMAGES);
      assertThat(epoch.get("testLoss").doubleValue()).isPositive().isFinite();
      assertThat(epoch.get("imagesPerSecond").doubleValue()).isPositive();
    }
    assertThat(epochs.get(2).get("trainLoss").doubleValue())
        .isLessThan(epochs.get(0).get("trainLoss").doubleValue());
    assertThat(training.output().model().at("/test/correct"))
        .isEqualTo(epochs.get(2).get("testCorrect"));
  }

  @Test
  void everyRound_trainsOneReplicaOnEachExecutor() throws Exception {
    Map<String, Set<String>> executorsByJob = cluster.eventLog(SmallTraining.NAME).executorsByJob();

    List<String> rounds =
        executorsByJob.keySet().stream().filter(job -> job.contains(": train ")).toList();
    assertThat(rounds)
        .hasSize(SmallTraining.EPOCHS * SmallTraining.ROUNDS_AN_EPOCH)
        .startsWith("epoch 1/3 round 1/3: train 2 replicas x 2 steps")
        .endsWith("epoch 3/3 round 3/3: train 2 replicas x 2 steps");
    assertThat(rounds)
        .allSatisfy(round -> assertThat(executorsByJob.get(round)).containsExactly("0", "1"));
    assertThat(executorsByJob).containsKey(LAST_JOB);
  }

  @Test
  void sameCommandAgain_givesTheSameParameters() throws Exception {
    Outcome again = cluster.run("train-again", training.again("train-again"));

    assertSameParameters("train-again", again);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", "local[2]", "local-cluster[2,1,6144]"})
  void anotherMaster_givesTheSameParameters(String master) throws Exception {
    String name = "train-on-" + master.replaceAll("\\W+", "-");

    Outcome outcome = cluster.run(name, training.again(name, "--master=" + master));

    assertSameParameters(name, outcome);
  }

  @Test
  void slicedAveraging_givesTheSameParameters() throws Exception {
    Outcome sliced =
        cluster.run(
            "train-sliced", training.again("train-sliced", "--set", "averaging.reduction=sliced"));

    assertSameParameters("train-sliced", sliced);
  }

  @Test
  void tasksRunTwiceBySpeculation_changeNothing() throws Exception {
    // As soon as one of two replicas is done, the other one is started once more.
    Outcome speculative =
        cluster.run(
            "train-speculative",
            training.again(
                "train-speculative",
                "--conf=spark.speculation=true",
                "--conf=spark.speculation.interval=1ms",
                "--conf=spark.speculation.quantile=0.5",
                "--conf=spark.speculation.multiplier=1",
                "--conf=spark.speculation.minTaskRuntime=1ms"));

    assertSameParameters("train-speculative", speculative);
    assertThat(cluster.eventLog("train-speculative").speculativeTasks()).isPositive();
  }

  @Test
  void executorsKilledAtRandom_changeNothing() throws Exception {
    // Two kills each time; the documented property asks for more.
    int kills = Integer.getInteger("convoy.executor-kills", 2);
    Random random = new Random(2);
    for (int i = 0; i < kills; i++) {
      String name = "train-killed-" + i;
      String reduction = i % 2 == 0 ? "direct" : "sliced";
      String executor = Integer.toString(random.nextInt(2));
      List<String> command = training.again(name, "--set", "averaging.reduction=" + reduction);
      try (Program program = cluster.start(name, command)) {
        program.awaitError(
            "epoch %d round %d ".formatted(1 + random.nextInt(2), 1 + random.nextInt(3)));
        Thread.sleep(random.nextInt(300));
        String application = EventLog.application(cluster.hdfs(), name);
        assertThat(cluster.executors(application).get(executor).destroyForcibly()).isTrue();

        assertSameParameters(name, program.await());
      }
      assertThat(cluster.eventLog(name).jobsAfterLossOf(executor))
          .as("jobs after the executor's death")
          .contains("epoch 3/3 round 3/3: train 2 replicas x 2 steps", LAST_JOB);
    }
  }

  @Test
  void driverKilledInACheckpointAndAtRandom_resumesElsewhereToTheSameParameters() throws Exception {
    // Two kills each time; the documented property asks for more.
    int kills = Integer.getInteger("convoy.driver-kills", 2);
    Random random = new Random(1);
    for (int i = 0; i < kills; i += 2) {
      String name = "train-killed-driver-" + i;
      try (Program program = startWithCheckpoints(name, "-1")) {
        program.awaitError("epoch 1 round %d checkpoint ".formatted(1 + random.nextInt(3)));
        cluster.hdfs().awaitName("/" + name + "/checkpoints", ".convoy-tmp-");
      }
      assertThat(training.output(name).names()).doesNotContain("model");
      try (Program program = startWithCheckpoints(name, "-2", "--resume", "--master=local[1]")) {
        program.awaitError("epoch [23] round %d ".formatted(1 + random.nextInt(3)));
        Thread.sleep(random.nextInt(300));
      }

      try (Program program =
          startWithCheckpoints(name, "-3", "--resume", "--conf=spark.cores.max=1")) {
        Outcome resumed = program.await();
        assertSameParameters(name, resumed);
        assertThat(resumed.err())
            .anyMatch(line -> line.matches(".*Resuming after .*epoch [123].*"));
      }
      assertThat(training.output(name).names())
          .containsExactly("checkpoints", "metrics.jsonl", "model");
      assertThat(training.output(name).metrics("round"))
          .extracting(TrainingIT::place)
          .isEqualTo(allRounds());
      assertThat(training.output(name).metrics("epoch"))
          .extracting(epoch -> epoch.get("trainLoss"))
          .isEqualTo(
              training.output().metrics("epoch").stream()
                  .map(epoch -> epoch.get("trainLoss"))
                  .toList());
    }
  }

  /** Starts a training that has a checkpoint after every round. */
  private Program startWithCheckpoints(String name, String run, String... more) throws IOException {
    List<String> words = new ArrayList<>(training.again(name, more));
    words.add("--set=checkpoint.every-minutes=0.000001");
    return cluster.start(name + run, words);
  }

  private void assertSameParameters(String name, Outcome outcome) throws IOException {
    assertThat(outcome.exitCode()).as(outcome::text).isZero();
    assertThat(training.output(name).parametersSha256())
        .isEqualTo(training.output().parametersSha256());
  }

  private static List<Integer> place(JsonNode round) {
    return List.of(round.get("epoch").intValue(), round.get("round").intValue());
  }

  /** The places of all rounds, in order. */
  private static List<List<Integer>> allRounds() {
    List<List<Integer>> places = new ArrayList<>();
    for (int epoch = 1; epoch <= SmallTraining.EPOCHS; epoch++) {
      for (int round = 1; round <= SmallTraining.ROUNDS_AN_EPOCH; round++) {
        places.add(List.of(epoch, round));
      }
    }
    return places;
  }
}
