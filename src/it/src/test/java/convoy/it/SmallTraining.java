package convoy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A training of seconds that has run undisturbed: a small residual network, batch norm and all, on
 * synthetic images. Tests look at what it published, use it, and repeat it in other circumstances.
 */
final class SmallTraining {
  /** A number that leaves the replicas with a tail minibatch. */
  static final int TRAINING_IMAGES = 330;

  static final int TEST_IMAGES = 160;
  static final int EPOCHS = 3;
  static final int ROUNDS_AN_EPOCH = 3;

  /** The name that the undisturbed one was submitted under. */
  static final String NAME = "train";

  private final Cluster cluster;
  private final Outcome outcome;

  private SmallTraining(Cluster cluster, Outcome outcome) {
    this.cluster = cluster;
    this.outcome = outcome;
  }

  /** Draws the images and trains on both executors of the cluster. */
  static SmallTraining run(Cluster cluster) throws IOException, InterruptedException {
    Outcome drawn =
        cluster.run(
            "synthesize",
            List.of(
                "data",
                "synthesize",
                "--training-images=" + TRAINING_IMAGES,
                "--test-images=" + TEST_IMAGES,
                "--output=" + cluster.uri("/images")));
    assertThat(drawn.exitCode()).as(drawn::text).isZero();
    Outcome trained = cluster.run(NAME, command(cluster, NAME));
    assertThat(trained.exitCode()).as(trained::text).isZero();
    return new SmallTraining(cluster, trained);
  }

  /** The words of {@code scripts/convoy} for the same training into another output. */
  List<String> again(String name, String... more) {
    List<String> words = new ArrayList<>(command(cluster, name));
    words.addAll(List.of(more));
    return words;
  }

  /** The same for another image set on HDFS. */
  List<String> of(String images, String name, String... more) {
    List<String> words = again(name, more);
    words.set(words.indexOf("--data=" + cluster.uri("/images")), "--data=" + cluster.uri(images));
    return words;
  }

  /** How the undisturbed one ended. */
  Outcome outcome() {
    return outcome;
  }

  /** What it published. */
  TrainingOutput output() {
    return output(NAME);
  }

  /** What the training of that name published. */
  TrainingOutput output(String name) {
    return new TrainingOutput(cluster.hdfs(), "/" + name);
  }

  private static List<String> command(Cluster cluster, String name) {
    return List.of(
        "train",
        "--data=" + cluster.uri("/images"),
        "--output=" + cluster.uri("/" + name),
        "--network=resnet-8",
        "--replicas=2",
        "--batch-size=32",
        "--local-steps=2",
        "--epochs=" + EPOCHS,
        "--log=rounds",
        // Both said, so that the driver knows how many executors to wait for.
        "--conf=spark.executor.cores=1",
        "--conf=spark.cores.max=2");
  }
}
