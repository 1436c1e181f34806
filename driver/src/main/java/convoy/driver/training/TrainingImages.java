package convoy.driver.training;

import convoy.driver.SparkLabels;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSet;
import convoy.driver.data.Shards;
import convoy.worker.image.ImageShard;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The cached shards of a training: the training images, dealt anew every n epochs, and the test
 * images. Which deal an epoch uses depends on the epoch alone, so a resumed training sees the same
 * shards.
 */
final class TrainingImages {
  private final JavaSparkContext spark;
  private final ImageSet set;
  private final TrainingPlan plan;
  private final long seed;
  private final int reshuffleEpochs;
  private final Shards shards;
  private JavaRDD<ImageShard> training;
  private int dealt = -1;

  /** The shards of {@code set}. */
  TrainingImages(JavaSparkContext spark, ImageSet set, TrainingPlan plan, ConvoyConfig config) {
    this.spark = spark;
    this.set = set;
    this.plan = plan;
    this.seed = config.training().seed();
    this.reshuffleEpochs = config.data().reshuffleEpochs();
    this.shards = new Shards(spark);
  }

  /** The training shards of an epoch, from 1; cached, and those of an earlier deal freed. */
  JavaRDD<ImageShard> ofEpoch(int epoch) {
    int deal = reshuffleEpochs == 0 ? 0 : (epoch - 1) / reshuffleEpochs;
    if (deal != dealt) {
      if (training != null) {
        training.unpersist(false);
      }
      SparkLabels.describe(
          spark,
          "epoch %d/%d: deal %d images to %d shards"
              .formatted(epoch, plan.epochs(), plan.images(), plan.replicas()));
      training =
          shards.shuffled(
              set.training(),
              plan.replicas(),
              seed,
              deal,
              "training images, deal of epoch " + epoch);
      training.count();
      dealt = deal;
    }
    return training;
  }

  /** The test shards, in file order; as many as there are replicas. */
  JavaRDD<ImageShard> test() {
    return shards.inOrder(set.test(), plan.replicas(), "test images");
  }
}
