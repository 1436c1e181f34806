package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.shard.Shards;
import convoy.driver.store.ModelDirectory;
import convoy.driver.training.round.AveragingReduction;
import convoy.driver.training.round.ConvoyAveraging;
import convoy.driver.training.round.Reduction;
import convoy.driver.training.round.Reductions;
import convoy.driver.training.round.RoundResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.training.InitialState;
import convoy.worker.training.Replica;
import convoy.worker.training.ReplicaAverage;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.Round;
import convoy.worker.training.RoundMinibatches;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A training run against the same work done one part after the other. */
class TrainingJobTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();
  @TempDir Path directory;
  private TrainingFixture trainings;

  @BeforeEach
  void writeData() throws IOException {
    trainings = TrainingFixture.small(SPARK, directory);
  }

  @Test
  void oneReplica_isDl4jsOwnFitOnTheSameMinibatches_bitForBit() throws IOException {
    ConvoyConfig config =
        trainings.config(
            "out",
            "engine.name=dl4j",
            "training.replicas=1",
            "augmentation.flip=none",
            "augmentation.crop-padding=0");
    trainings.train(config);

    ReplicaTask task = trainings.task(config);
    try (TrainingNetwork dl4j = Engines.reference().openTraining(task.training(), 8, task.seed())) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        ImageShard shard = trainings.shards(config, epoch - 1).get(0);
        for (int round = 1; round <= 4; round++) {
          RoundMinibatches minibatches =
              new RoundMinibatches(task, new Round(epoch, round, 2 * (round - 1), 2), 0, shard);
          while (minibatches.hasNext()) {
            // Dl4jEngineTest shows that a step is ComputationGraph.fit, bit for bit.
            dl4j.step(minibatches.next(), 0.001, 0);
          }
        }
      }
      assertThat(trainings.parameters("out")).isEqualTo(dl4j.parameters());
    }
  }

  @Test
  void threeReplicas_areTheAverageOfReplicasRunOneByOne_bitForBit() throws IOException {
    ConvoyConfig config = trainings.config("out", "training.replicas=3", "training.epochs=1");
    trainings.train(config);

    ReplicaTask task = trainings.task(config);
    List<ImageShard> shards = trainings.shards(config, 0);
    TrainingState state = InitialState.of(task);
    // Shards of 18, 18 and 17 images: 3 steps of 8, so 2 rounds of 2 steps, the last with tails.
    for (int round = 1; round <= 2; round++) {
      List<ReplicaUpdate> updates = new ArrayList<>();
      for (int replica = 0; replica < 3; replica++) {
        updates.add(
            Replica.train(
                task,
                state,
                new Round(1, round, 2 * (round - 1), 2),
                replica,
                shards.get(replica)));
      }
      state = ReplicaAverage.of(updates);
    }
    assertThat(trainings.parameters("out")).isEqualTo(state.parameters());
  }

  @Test
  void twoReplicasOneLocalStep_areOneStepOnTheJointMinibatch() throws IOException {
    ConvoyConfig two =
        trainings.config(
            "two",
            "network.name=cifar10-quick",
            "training.replicas=2",
            "training.local-steps=1",
            "training.batch-size=50",
            "training.epochs=1",
            "optimizer.kind=sgd",
            "optimizer.sgd.momentum=0",
            "optimizer.sgd.weight-decay=0",
            "optimizer.sgd.learning-rate=0.01",
            "augmentation.flip=none",
            "augmentation.crop-padding=0");
    // Each epoch is one step of each replica on its whole shard of 27 or 26 images.
    trainings.train(two);

    ReplicaTask task = trainings.task(two);
    List<ImageShard> shards = trainings.shards(two, 0);
    byte[] pixels = new byte[53 * 3072];
    char[] labels = new char[53];
    byte[] image = new byte[3072];
    for (int i = 0; i < 53; i++) {
      ImageShard shard = shards.get(i < 27 ? 0 : 1);
      int index = i < 27 ? i : i - 27;
      shard.read(index, image);
      System.arraycopy(image, 0, pixels, i * 3072, 3072);
      labels[i] = (char) shard.label(index);
    }
    ReplicaTask jointTask =
        new ReplicaTask(
            task.training(),
            task.engine(),
            task.preprocessing(),
            task.augmentation(),
            53,
            task.learningRate(),
            task.seed());
    TrainingState joint =
        Replica.train(
                jointTask,
                InitialState.of(task),
                new Round(1, 1, 0, 1),
                0,
                new PackedImages(shards.get(0).shape(), pixels, labels))
            .state();

    float[] averaged = trainings.parameters("two");
    for (int i = 0; i < averaged.length; i++) {
      assertThat(averaged[i]).isCloseTo(joint.parameters()[i], within(1e-6f));
    }
  }

  @Test
  void metrics_tellEveryRoundAndEveryEpoch_overAllImages() throws IOException {
    TrainingResult result = trainings.train("out", "training.replicas=2");

    List<JsonNode> metrics = trainings.metrics("out");
    // 27 and 26 images in steps of 8: 4 steps, 2 rounds an epoch.
    assertThat(metrics)
        .extracting(object -> object.get("kind").asText())
        .containsExactly("round", "round", "epoch", "round", "round", "epoch");
    for (JsonNode object : metrics) {
      assertThat(object.get("trainLoss").asDouble()).isBetween(0.5, 10.0);
      assertThat(object.get("trainAccuracy").asDouble()).isBetween(0.0, 1.0);
      assertThat(object.get("learningRate").asDouble()).isEqualTo(0.001);
      assertThat(object.get("imagesPerSecond").asDouble()).isPositive();
      for (String part : List.of("broadcast", "compute", "gather", "average")) {
        assertThat(object.get(part + "Seconds").asDouble()).as(part).isNotNegative();
      }
    }
    JsonNode last = metrics.get(5);
    assertThat(last.get("testCount").asInt()).isEqualTo(21);
    assertThat(last.get("testAccuracy").asDouble())
        .isEqualTo(last.get("testCorrect").asInt() / 21.0)
        .isEqualTo(result.testAccuracy());
    JsonNode model =
        new ObjectMapper().readTree(directory.resolve("out/model/model.json").toFile());
    assertThat(model.at("/test/accuracy").asDouble()).isEqualTo(result.testAccuracy());
    assertThat(model.at("/parametersSha256").asText()).isEqualTo(result.parametersSha256());
    assertThat(model.at("/provenance/configuration/training/batchSize").asInt()).isEqualTo(8);
  }

  @Test
  void moreReplicasThanImages_stillUsesEachImageOnce() throws IOException {
    ConvoyConfig config =
        trainings.config("out", "network.name=cifar10-quick", "training.replicas=60");
    ReplicaTask task = trainings.task(config);

    Reduction reduction = Reductions.of(AveragingReduction.DIRECT, 60, InitialState.of(task));

    RoundResult result =
        new ConvoyAveraging(SPARK.context(), task, reduction)
            .run(
                InitialState.of(task),
                new Round(1, 1, 0, 2),
                new Shards(SPARK.context())
                    .shuffled(TrainingFixture.source(config), Split.TRAINING, 60, 1, 0, "shards"));

    assertThat(result.figures().examples()).isEqualTo(53);
    assertThat(result.state().iteration()).isEqualTo(1);
  }

  @Test
  void slicedReduction_endsWithTheBitsOfTheDirectOne_andCountsTheSame() throws IOException {
    trainings.train("direct", "training.replicas=3", "averaging.reduction=direct");
    trainings.train("sliced", "training.replicas=3", "averaging.reduction=sliced");

    assertThat(trainings.parameters("sliced")).isEqualTo(trainings.parameters("direct"));
    for (String counted : List.of("trainLoss", "trainAccuracy")) {
      assertThat(trainings.metrics("sliced"))
          .extracting(object -> object.get(counted).asDouble())
          .isEqualTo(
              trainings.metrics("direct").stream()
                  .map(object -> object.get(counted).asDouble())
                  .toList());
    }
  }

  @Test
  void publishedModel_loads() throws IOException {
    TrainingResult result = trainings.train("out", "training.epochs=1");

    assertThat(
            new ModelDirectory(
                    new Configuration(), new org.apache.hadoop.fs.Path(result.modelUri()))
                .load()
                .labels())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
  }
}
