package convoy.driver.training;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.data.shard.Shards;
import convoy.driver.training.plan.TrainingPlan;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The cached shards of a training run: the training images, dealt anew every n epochs, and the
 * images that accuracy is measured on. Which deal an epoch uses depends on the epoch alone, so a
 * resumed run sees the same shards. Closing it frees them.
 */
final class TrainingImages implements AutoCloseable {
  private final JavaSparkContext spark;
  private final TrainingSetup setup;
  private final Shards shards;
  private final Map<Split, JavaRDD<ImageShard>> measured = new EnumMap<>(Split.class);
  private Optional<JavaRDD<ImageShard>> training = Optional.empty();
  private int dealt = -1;

  TrainingImages(JavaSparkContext spark, TrainingSetup setup) {
    this.spark = spark;
    this.setup = setup;
    this.shards = new Shards(spark);
  }

  /** The training shards of an epoch, from 1; those of an earlier deal are given up. */
  JavaRDD<ImageShard> ofEpoch(int epoch) {
    int reshuffleEpochs = setup.spec().reshuffleEpochs();
    int deal = reshuffleEpochs == 0 ? 0 : (epoch - 1) / reshuffleEpochs;
    if (deal != dealt) {
      training.ifPresent(Shards::free);
      training = Optional.of(deal(epoch, deal));
      dealt = deal;
    }
    return training.orElseThrow();
  }

  /** The shards of a split in file order, as many as there are replicas; read when first used. */
  JavaRDD<ImageShard> of(Split split) {
    return measured.computeIfAbsent(
        split,
        unread -> {
          SparkLabels.describe(spark, "read the %s images".formatted(split.word()));
          return shards.inOrder(
              setup.source(), split, setup.plan().replicas(), split.word() + " images");
        });
  }

  @Override
  public void close() {
    training.ifPresent(Shards::free);
    shards.close();
  }

  private JavaRDD<ImageShard> deal(int epoch, int deal) {
    TrainingPlan plan = setup.plan();
    SparkLabels.describe(
        spark,
        "epoch %d/%d: deal %d images to %d shards"
            .formatted(epoch, plan.epochs(), plan.images(), plan.replicas()));
    return shards.shuffled(
        setup.source(),
        Split.TRAINING,
        plan.replicas(),
        setup.spec().seed(),
        deal,
        "training images, deal of epoch " + epoch);
  }
}
