package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.LocalSpark;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/** What a training run shows and leaves in the Spark application. */
class TrainingInSparkTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();
  @TempDir Path directory;
  private TrainingFixture trainings;

  @BeforeEach
  void writeData() throws IOException {
    trainings = TrainingFixture.small(SPARK, directory);
  }

  @Test
  void jobsStagesAndImages_bearOurWordsInSparksUi() throws Exception {
    Set<String> rdds = ConcurrentHashMap.newKeySet();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            JavaConverters.seqAsJavaList(stage.stageInfo().rddInfos()).stream()
                .forEach(rdd -> rdds.add(rdd.name()));
          }
        };
    SPARK.context().sc().addSparkListener(listener);
    trainings.train("out", "training.replicas=2", "training.epochs=1");
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
            "read the test images",
            "epoch 1/1: test accuracy");
    assertThat(rdds).contains("training images, deal of epoch 1", "test images");
  }

  @Test
  void training_leavesNoImagesCached_andItsOutputFree_alsoIfItFails() throws IOException {
    Set<Integer> before = Set.copyOf(SPARK.context().getPersistentRDDs().keySet());

    trainings.train("done");
    assertThat(before).containsAll(SPARK.context().getPersistentRDDs().keySet());
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                trainings.train(
                    "stopped", "optimizer.adam.learning-rate=1e-9", "training.stuck-epochs=1"));
    assertThat(before).containsAll(SPARK.context().getPersistentRDDs().keySet());
    assertThat(directory.resolve("stopped/.claim")).doesNotExist();
  }
}
