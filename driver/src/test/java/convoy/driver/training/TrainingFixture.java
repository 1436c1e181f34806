package convoy.driver.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.TrainingRuns;
import convoy.driver.data.ImageSetContents;
import convoy.driver.data.ImageSetFiles;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.data.shard.ShardCopies;
import convoy.driver.data.shard.Shards;
import convoy.driver.training.plan.TrainingPlan;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.model.FloatVector;
import convoy.worker.network.NetworkSpec;
import convoy.worker.training.ReplicaTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;

/**
 * Training runs of a test, on one image set and with settings in common, each into a folder of its
 * own; and the parts that a run is made of, to go through them one by one.
 */
public final class TrainingFixture {
  private final LocalSpark spark;
  private final Path directory;
  private final List<String> settings;

  private TrainingFixture(LocalSpark spark, Path directory, List<String> settings) {
    this.spark = spark;
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * Training runs on that Spark.
   *
   * @param directory of their outputs
   * @param data the image set's directory
   * @param settings that all of them have
   */
  public static TrainingFixture of(
      LocalSpark spark, Path directory, Path data, String... settings) {
    List<String> all = new ArrayList<>(List.of("data.path=" + data));
    all.addAll(List.of(settings));
    return new TrainingFixture(spark, directory, all);
  }

  /**
   * Runs of two epochs of a small residual network on 53 training and 21 test images, whose shards
   * and last minibatches are of unequal size.
   */
  public static TrainingFixture small(LocalSpark spark, Path directory) throws IOException {
    return of(
        spark,
        directory,
        ImageSetFiles.write(directory.resolve("data"), 53, 21),
        "network.name=resnet-8",
        "training.batch-size=8",
        "training.local-steps=2",
        "training.epochs=2");
  }

  /** The settings of the run into {@code output}, with more over those in common. */
  public ConvoyConfig config(String output, String... more) {
    List<String> some = new ArrayList<>(settings);
    some.add("output.path=" + directory.resolve(output));
    return spark.config(some, more);
  }

  /** Trains into {@code output} to the end. */
  public TrainingResult train(String output, String... more) throws IOException {
    return train(config(output, more));
  }

  /** Trains to the end. */
  public TrainingResult train(ConvoyConfig config) throws IOException {
    return new TrainingJob(
            spark.context(), source(config), TrainingRuns.spec(config), TrainingRuns.output(config))
        .run();
  }

  /** The published parameters. */
  public float[] parameters(String output) throws IOException {
    return FloatVector.fromBytes(
        Files.readAllBytes(directory.resolve(output).resolve("model/parameters.f32")));
  }

  /** The objects of {@code metrics.jsonl} that tell of rounds, epochs and tests. */
  public List<JsonNode> metrics(String output) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(output).resolve("metrics.jsonl"))) {
      JsonNode object = new ObjectMapper().readTree(line);
      if (!List.of("start", "end").contains(object.get("kind").asText())) {
        objects.add(object);
      }
    }
    return objects;
  }

  /** Leaves an output as a run does that is killed before it publishes. */
  public void deleteModel(String output) {
    FileUtil.fullyDelete(directory.resolve(output).resolve("model").toFile());
  }

  /** The images. */
  static ImageSource source(ConvoyConfig config) {
    return ImageSources.open(new Configuration(), config.data().path());
  }

  /** The arithmetic of the run. */
  static TrainingPlan plan(ConvoyConfig config) {
    return TrainingRuns.spec(config).plan(source(config).images(Split.TRAINING));
  }

  /** What the replicas of the run are told. */
  ReplicaTask task(ConvoyConfig config) {
    TrainingRunSpec spec = TrainingRuns.spec(config);
    ImageSource source = source(config);
    NetworkSpec network = spec.networkFor(source.set());
    ImageSetContents contents = ImageSetInspection.of(spark.context(), source);
    return spec.task(
        TrainingSetup.training(spec.replica(), network, source.set(), contents),
        TrainingSetup.requireEngine(spec, source, spark.context().getConf()),
        TrainingSetup.preprocessing(source.set(), contents),
        plan(config));
  }

  /** The training images of a deal, one shard per replica. */
  List<ImageShard> shards(ConvoyConfig config, int deal) {
    return ShardCopies.of(
        new Shards(spark.context())
            .shuffled(
                source(config),
                Split.TRAINING,
                config.training().replicas(),
                config.training().seed(),
                deal,
                "test"));
  }
}
