package convoy.driver.training;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSource;
import convoy.driver.data.Shards;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The cached shards of a training: the training images, dealt anew every n epochs, and the test
 * images. Which deal an epoch uses depends on the epoch alone, so a resumed training sees the same
 * shards. Closing it frees them.
 */
final class TrainingImages implements AutoCloseable {
  private final JavaSparkContext spark;
  private final ImageSource source;
  private final TrainingPlan plan;
  private final long seed;
  private final int reshuffleEpochs;
  private final Shards shards;
  private final JavaRDD<ImageShard> test;
  private Optional<JavaRDD<ImageShard>> training = Optional.empty();
  private int dealt = -1;

  /** The shards of {@code source}. */
  TrainingImages(
      JavaSparkContext spark, ImageSource source, TrainingPlan plan, ConvoyConfig config) {
    this.spark = spark;
    this.source = source;
    this.plan = plan;
    this.seed = config.training().seed();
    this.reshuffleEpochs = config.data().reshuffleEpochs();
    this.shards = new Shards(spark);
    this.test = shards.inOrder(source, Split.TEST, plan.replicas(), "test images");
  }

  /** The training shards of an epoch, from 1; cached, and those of an earlier deal freed. */
  JavaRDD<ImageShard> ofEpoch(int epoch) {
    int deal = reshuffleEpochs == 0 ? 0 : (epoch - 1) / reshuffleEpochs;
    if (deal != dealt) {
      training.ifPresent(Shards::free);
      training = Optional.of(deal(epoch, deal));
      training.get().count();
      dealt = deal;
    }
    return training.orElseThrow();
  }

  /** The test shards, in file order; as many as there are replicas. */
  JavaRDD<ImageShard> test() {
    return test;
  }

  @Override
  public void close() {
    training.ifPresent(Shards::free);
    Shards.free(test);
    shards.close();
  }

  private JavaRDD<ImageShard> deal(int epoch, int deal) {
    SparkLabels.describe(
        spark,
        "epoch %d/%d: deal %d images to %d shards"
            .formatted(epoch, plan.epochs(), plan.images(), plan.replicas()));
    return shards.shuffled(
        source,
        Split.TRAINING,
        plan.replicas(),
        seed,
        deal,
        "training images, deal of epoch " + epoch);
  }
}
