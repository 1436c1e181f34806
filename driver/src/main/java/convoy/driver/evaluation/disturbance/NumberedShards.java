package convoy.driver.evaluation.disturbance;

import convoy.worker.image.disturbance.Disturbance;
import convoy.worker.image.disturbance.DisturbedShard;
import convoy.worker.image.disturbance.Middle;
import convoy.worker.image.shard.ImageShard;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The shards of a split, one a partition, with the number in the split that the first image of each
 * has: what is drawn for an image depends on its number, and not on how many shards there are.
 */
final class NumberedShards {
  private final JavaRDD<ImageShard> shards;
  private final long[] firsts;
  private final int margin;

  private NumberedShards(JavaRDD<ImageShard> shards, long[] firsts, int margin) {
    this.shards = shards;
    this.firsts = firsts;
    this.margin = margin;
  }

  /**
   * Counts the images of shards that are in order.
   *
   * @param margin pixels on each side of a stored image that the network does not see
   */
  static NumberedShards of(JavaRDD<ImageShard> shards, int margin) {
    List<Integer> counts = shards.map(ImageShard::count).collect();
    long[] firsts = new long[counts.size()];
    for (int i = 1; i < firsts.length; i++) {
      firsts[i] = firsts[i - 1] + counts.get(i - 1);
    }
    return new NumberedShards(shards, firsts, margin);
  }

  /** Views of the shards under a disturbance of that strength. */
  JavaRDD<ImageShard> under(Disturbance kind, int strength) {
    long[] numbers = firsts;
    int unseen = margin;
    return shards.mapPartitionsWithIndex(
        (partition, shard) ->
            Stream.<ImageShard>of(
                    new DisturbedShard(
                        shard.next(),
                        unseen,
                        kind,
                        strength,
                        DisturbanceJob.SEED,
                        numbers[partition]))
                .iterator(),
        true);
  }

  /** The first image of each of the first classes that have images, in the classes' order. */
  List<SamplePicture> samples(int classes) {
    long[] numbers = firsts;
    int unseen = margin;
    Map<Integer, SamplePicture> samples = new TreeMap<>();
    shards
        .mapPartitionsWithIndex(
            (partition, shard) -> samples(shard.next(), numbers[partition], unseen, classes), true)
        .collect()
        .forEach(sample -> samples.putIfAbsent(sample.label(), sample));
    return samples.values().stream().limit(classes).toList();
  }

  private static Iterator<SamplePicture> samples(
      ImageShard shard, long first, int margin, int classes) {
    Map<Integer, Integer> places = new TreeMap<>();
    for (int i = 0; i < shard.count(); i++) {
      places.putIfAbsent(shard.label(i), i);
    }
    Middle middle = new Middle(shard.shape(), margin);
    byte[] pixels = new byte[shard.shape().pixels()];
    List<SamplePicture> samples = new ArrayList<>();
    places.entrySet().stream()
        .limit(classes)
        .forEach(
            place -> {
              shard.read(place.getValue(), pixels);
              samples.add(
                  new SamplePicture(first + place.getValue(), place.getKey(), middle.of(pixels)));
            });
    return samples.iterator();
  }
}
