package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSetFiles;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.data.ShardCopies;
import convoy.driver.data.Shards;
import convoy.driver.device.EngineChoice;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.ModelDirectory;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.dl4j.Dl4jEngine;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.model.FloatVector;
import convoy.worker.training.InitialState;
import convoy.worker.training.Replica;
import convoy.worker.training.ReplicaAverage;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.Round;
import convoy.worker.training.RoundMinibatches;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

class TrainingJobTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();
  @TempDir Path directory;
  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    data = ImageSetFiles.write(directory.resolve("data"), 53, 21);
  }

  private ConvoyConfig config(String output, String... more) {
    return SPARK.config(
        List.of(
            "data.path=" + data,
            "output.path=" + directory.resolve(output),
            "network.name=resnet-8",
            "training.batch-size=8",
            "training.local-steps=2",
            "training.epochs=2"),
        more);
  }

  private static TrainingResult train(ConvoyConfig config) throws IOException {
    return new TrainingJob(SPARK.context(), config).run();
  }

  private float[] parameters(String output) throws IOException {
    return FloatVector.fromBytes(
        Files.readAllBytes(directory.resolve(output).resolve("model/parameters.f32")));
  }

  private List<JsonNode> metrics(String output) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(output).resolve("metrics.jsonl"))) {
      objects.add(new ObjectMapper().readTree(line));
    }
    return objects;
  }

  private ReplicaTask task(ConvoyConfig config) throws IOException {
    ImageSource source = ImageSources.open(new Configuration(), data.toString());
    String engine =
        EngineChoice.of(config.engine(), ReplicaTasks.network(config), SPARK.context().getConf());
    return ReplicaTasks.of(
        config,
        engine,
        ImageSetInspection.of(SPARK.context(), source).normalization(),
        TrainingPlan.of(config, 53));
  }

  private List<ImageShard> shards(ConvoyConfig config, int deal) throws IOException {
    ImageSource source = ImageSources.open(new Configuration(), data.toString());
    return ShardCopies.of(
        new Shards(SPARK.context())
            .shuffled(
                source,
                Split.TRAINING,
                config.training().replicas(),
                config.training().seed(),
                deal,
                "test"));
  }

  @Test
  void oneReplica_isDl4jsOwnFitOnTheSameMinibatches_bitForBit() throws IOException {
    ConvoyConfig config =
        config(
            "out",
            "engine.name=dl4j",
            "training.replicas=1",
            "augmentation.flip=none",
            "augmentation.crop-padding=0");
    train(config);

    ReplicaTask task = task(config);
    try (TrainingNetwork dl4j = new Dl4jEngine().openTraining(task.training(), 8, task.seed())) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        ImageShard shard = shards(config, epoch - 1).get(0);
        for (int round = 1; round <= 4; round++) {
          RoundMinibatches minibatches =
              new RoundMinibatches(task, new Round(epoch, round, 2 * (round - 1), 2), 0, shard);
          while (minibatches.hasNext()) {
            // Dl4jEngineTest shows that a step is ComputationGraph.fit, bit for bit.
            dl4j.step(minibatches.next(), 0.001, 0);
          }
        }
      }
      assertThat(parameters("out")).isEqualTo(dl4j.parameters());
    }
  }

  @Test
  void threeReplicas_areTheAverageOfReplicasRunOneByOne_bitForBit() throws IOException {
    ConvoyConfig config = config("out", "training.replicas=3", "training.epochs=1");
    train(config);

    ReplicaTask task = task(config);
    List<ImageShard> shards = shards(config, 0);
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
    assertThat(parameters("out")).isEqualTo(state.parameters());
  }

  @Test
  void twoReplicasOneLocalStep_areOneStepOnTheJointMinibatch() throws IOException {
    ConvoyConfig two =
        config(
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
    train(two);

    ReplicaTask task = task(two);
    List<ImageShard> shards = shards(two, 0);
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

    float[] averaged = parameters("two");
    for (int i = 0; i < averaged.length; i++) {
      assertThat(averaged[i]).isCloseTo(joint.parameters()[i], within(1e-6f));
    }
  }

  @Test
  void metrics_tellEveryRoundAndEveryEpoch_overAllImages() throws IOException {
    TrainingResult result = train(config("out", "training.replicas=2"));

    List<JsonNode> metrics = metrics("out");
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
  void resumedTraining_endsWithTheBitsOfAnUninterruptedOne() throws IOException {
    train(config("whole", "training.epochs=3"));
    train(config("parts", "training.epochs=1"));
    deleteModel("parts");

    train(config("parts", "training.epochs=3", "training.resume=true"));

    assertThat(parameters("parts")).isEqualTo(parameters("whole"));
    assertThat(metrics("parts"))
        .extracting(object -> object.get("epoch").asInt() + object.get("kind").asText())
        .isEqualTo(
            metrics("whole").stream()
                .map(object -> object.get("epoch").asInt() + object.get("kind").asText())
                .toList());
  }

  private void deleteModel(String output) throws IOException {
    org.apache.hadoop.fs.FileUtil.fullyDelete(directory.resolve(output).resolve("model").toFile());
  }

  @Test
  void damagedCheckpoint_isSteppedOver_andTheResultIsTheSame() throws IOException {
    train(config("whole", "training.epochs=3"));
    train(config("parts", "training.epochs=2"));
    deleteModel("parts");
    Path newest = directory.resolve("parts/checkpoints/epoch-000002-round-0002/parameters.f32");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[1000] ^= 1;
    Files.write(newest, bytes);

    train(config("parts", "training.epochs=3", "training.resume=true"));

    assertThat(parameters("parts")).isEqualTo(parameters("whole"));
  }

  @Test
  void resuming_withOtherSettings_isRefusedWithEachOfThem() throws IOException {
    train(config("out", "training.epochs=1"));
    deleteModel("out");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                train(
                    config(
                        "out",
                        "training.resume=true",
                        "training.batch-size=16",
                        "training.label-smoothing=0.1",
                        "averaging.when=qsr",
                        "training.seed=2")))
        .withMessageContaining("training.batch-size was 8 and is now 16")
        .withMessageContaining("training.label-smoothing was 0.0 and is now 0.1")
        .withMessageContaining("averaging.when was STEPS and is now QSR")
        .withMessageContaining("training.seed was 1 and is now 2")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void finishedTraining_isRefusedBeforeAnyWork_unlessOverwritten() throws IOException {
    train(config("out", "training.epochs=1"));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> train(config("out", "training.epochs=1")))
        .withMessageContaining("Cannot write the model to file:" + directory + "/out/model");
    deleteModel("out");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> train(config("out", "training.epochs=1")))
        .withMessageContaining("it holds the checkpoints of an earlier training");
    train(config("out", "training.epochs=1", "output.overwrite=true"));
  }

  @Test
  void divergingTraining_stopsWithItsOwnExitCode_andSaysWhere() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                train(
                    config(
                        "out",
                        "training.replicas=3",
                        "optimizer.kind=sgd",
                        "optimizer.sgd.learning-rate=10",
                        "optimizer.sgd.momentum=0.999",
                        "optimizer.sgd.weight-decay=1",
                        "training.stuck-epochs=0",
                        "training.epochs=20")))
        .withMessageMatching(
            "Cannot go on training: replica [0-2]'s (loss is (NaN|Infinity) at|parameters are not all finite after) step [12] of epoch [0-9]+ round [12], first in layer [a-z0-9-]+ \\(lower the learning rate, .*")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
  }

  @Test
  void trainingThatDivergesInTheLastStepOfAnEpoch_leavesNoSuchCheckpointNorMetrics()
      throws IOException {
    // One step an epoch: the loss of a step, taken before it, shows nothing of what it did.
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                train(
                    config(
                        "out",
                        "network.name=cifar10-quick",
                        "training.replicas=1",
                        "training.batch-size=64",
                        "training.stuck-epochs=0",
                        "optimizer.kind=sgd",
                        "optimizer.sgd.learning-rate=10",
                        "optimizer.sgd.momentum=0.999",
                        "training.epochs=40")))
        .withMessageMatching(
            "Cannot go on training: (replica 0's parameters .* step 1 of|the test loss of) epoch [0-9]+ .*")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));

    assertThat(directory.resolve("out/metrics.jsonl")).content().doesNotContain("NaN");
    assertThat(directory.resolve("out/model")).doesNotExist();
  }

  @Test
  void trainingThatDiverges_keepsTheLastGoodCheckpoint_andTheMetricsUpToTheStop()
      throws IOException {
    UserException stop =
        catchThrowableOfType(
            UserException.class,
            () ->
                train(
                    config(
                        "out",
                        "training.local-steps=1",
                        "optimizer.kind=sgd",
                        "optimizer.sgd.learning-rate=10",
                        "optimizer.sgd.momentum=0",
                        "optimizer.sgd.weight-decay=0.5",
                        "training.stuck-epochs=0",
                        "training.epochs=40")));

    Matcher at = Pattern.compile("of epoch ([0-9]+) round ([0-9])").matcher(stop.getMessage());
    assertThat(at.find()).as(stop.getMessage()).isTrue();
    int epoch = Integer.parseInt(at.group(1));
    int round = Integer.parseInt(at.group(2));
    assertThat(epoch).isGreaterThan(1);
    Path checkpoint =
        directory.resolve("out/checkpoints/epoch-%06d-round-0004".formatted(epoch - 1));
    assertThat(FloatVector.fromBytes(Files.readAllBytes(checkpoint.resolve("parameters.f32"))))
        .doesNotContain(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    // Four rounds and the epoch, for each epoch that was done; then the rounds before the stop.
    assertThat(metrics("out")).hasSize(5 * (epoch - 1) + round - 1);
    assertThat(directory.resolve("out/model")).doesNotExist();
  }

  @Test
  void trainingThatStaysAtChance_stops_andGoesOnWhenToldTo() throws IOException {
    // A step size that changes nothing.
    String[] idle = {"optimizer.adam.learning-rate=1e-9", "training.stuck-epochs=2"};
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> train(config("out", idle)))
        .withMessageStartingWith(
            "Cannot go on training: test accuracy was no better than guessing among 10 classes (at most 0.2964) for 2 epochs, lastly in epoch 2 (")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
    assertThat(directory.resolve("out/model")).doesNotExist();
    assertThat(directory.resolve("out/checkpoints/epoch-000002-round-0002")).exists();
    // A scheduler's second attempt does not make it a success.
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> train(config("out", idle[0], idle[1], "training.resume=true")))
        .withMessageContaining("no better than guessing")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
    assertThat(directory.resolve("out/model")).doesNotExist();

    train(config("out", idle[0], "training.stuck-epochs=0", "training.resume=true"));

    assertThat(directory.resolve("out/model")).exists();
  }

  @Test
  void moreReplicasThanImages_stillUsesEachImageOnce() throws IOException {
    ConvoyConfig config = config("out", "network.name=cifar10-quick", "training.replicas=60");
    ReplicaTask task = task(config);
    ImageSource source = ImageSources.open(new Configuration(), data.toString());

    RoundResult result =
        new ConvoyAveraging(SPARK.context(), task, new DirectReduction())
            .run(
                InitialState.of(task),
                new Round(1, 1, 0, 2),
                new Shards(SPARK.context()).shuffled(source, Split.TRAINING, 60, 1, 0, "shards"));

    assertThat(result.examples()).isEqualTo(53);
    assertThat(result.state().iteration()).isEqualTo(1);
  }

  @Test
  void slicedReduction_endsWithTheBitsOfTheDirectOne_andCountsTheSame() throws IOException {
    train(config("direct", "training.replicas=3", "averaging.reduction=direct"));
    train(config("sliced", "training.replicas=3", "averaging.reduction=sliced"));

    assertThat(parameters("sliced")).isEqualTo(parameters("direct"));
    for (String counted : List.of("trainLoss", "trainAccuracy")) {
      assertThat(metrics("sliced"))
          .extracting(object -> object.get(counted).asDouble())
          .isEqualTo(
              metrics("direct").stream().map(object -> object.get(counted).asDouble()).toList());
    }
  }

  @Test
  void jobsStagesAndCachedImages_bearOurWordsInSparksUi() throws Exception {
    Set<String> cached = ConcurrentHashMap.newKeySet();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            JavaConverters.seqAsJavaList(stage.stageInfo().rddInfos()).stream()
                .filter(rdd -> rdd.storageLevel().useMemory())
                .forEach(rdd -> cached.add(rdd.name()));
          }
        };
    SPARK.context().sc().addSparkListener(listener);
    train(config("out", "training.replicas=2", "training.epochs=1"));
    SPARK.context().sc().listenerBus().waitUntilEmpty();
    SPARK.context().sc().removeSparkListener(listener);

    List<String> jobs = new ArrayList<>();
    JavaConverters.seqAsJavaList(SPARK.context().sc().statusStore().jobsList(null))
        .forEach(job -> jobs.add(job.description().get()));
    assertThat(jobs)
        .contains(
            "read and check the image set",
            "epoch 1/1: deal 53 images to 2 shards",
            "epoch 1/1 round 1/2: train 2 replicas x 2 steps",
            "epoch 1/1 round 2/2: train 2 replicas x 2 steps",
            "epoch 1/1: test accuracy");
    assertThat(cached).containsExactlyInAnyOrder("training images, deal of epoch 1", "test images");
  }

  @Test
  void training_leavesNoImagesCached_andItsOutputFree_alsoIfItFails() throws IOException {
    Set<Integer> before = Set.copyOf(SPARK.context().getPersistentRDDs().keySet());

    train(config("done"));
    assertThat(before).containsAll(SPARK.context().getPersistentRDDs().keySet());
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                train(
                    config(
                        "stopped",
                        "optimizer.adam.learning-rate=1e-9",
                        "training.stuck-epochs=1")));
    assertThat(before).containsAll(SPARK.context().getPersistentRDDs().keySet());
    assertThat(directory.resolve("stopped/.claim")).doesNotExist();
  }

  @Test
  void publishedModel_loads() throws IOException {
    TrainingResult result = train(config("out", "training.epochs=1"));

    assertThat(
            new ModelDirectory(
                    new Configuration(), new org.apache.hadoop.fs.Path(result.modelUri()))
                .load()
                .labels())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
  }
}
