package convoy.driver.evaluation.disturbance;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSource;
import convoy.driver.device.EngineSpec;
import convoy.driver.evaluation.DistributedEvaluation;
import convoy.driver.evaluation.EvaluationJob;
import convoy.driver.evaluation.EvaluationSpec;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.OutputSpec;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.Split;
import convoy.worker.image.disturbance.Disturbance;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.model.InferenceModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a published model on the images of a split as they are, and under each disturbance in
 * each strength. The images are read once; what disturbs them is a view of their shards.
 */
public final class DisturbanceJob {
  private static final Logger LOG = LoggerFactory.getLogger(DisturbanceJob.class);

  /** The same for everybody, so that every model meets the same disturbances of an image. */
  static final long SEED = 1;

  private static final int SAMPLE_CLASSES = 4;
  private static final int COLOURS = 3;

  private final JavaSparkContext spark;
  private final EngineSpec engine;
  private final EvaluationSpec spec;
  private final OutputSpec output;

  /**
   * Measurements on that cluster.
   *
   * @param engine what runs the network
   * @param spec how accuracy is measured
   * @param output the directory of the files, whose path is empty if none are wanted
   */
  public DisturbanceJob(
      JavaSparkContext spark, EngineSpec engine, EvaluationSpec spec, OutputSpec output) {
    this.spark = spark;
    this.engine = engine;
    this.spec = spec;
    this.output = output;
  }

  /**
   * Checks the output, which needs no cluster.
   *
   * @throws UserException if it exists and is not to be replaced, cannot be written, or lies where
   *     the model or the data does
   */
  public static void require(
      Configuration hadoop, OutputSpec output, String modelPath, String dataPath) {
    DisturbanceFiles.of(hadoop, output, modelPath, dataPath);
  }

  /**
   * Measures, and writes the files if an output is given; its directory appears whole or not at
   * all.
   *
   * @param modelPath directory of a published model, a Hadoop URI
   * @param source the image set
   * @param split of it
   * @throws UserException if the model, the data or the output is wrong
   */
  public DisturbanceSummary run(String modelPath, ImageSource source, Split split) {
    requireColours(source.set());
    Optional<DisturbanceFiles> files =
        DisturbanceFiles.of(spark.hadoopConfiguration(), output, modelPath, source.set().uri());
    Measured measured =
        new EvaluationJob(spark, engine, spec)
            .measure(
                modelPath,
                source,
                split,
                (model, images, evaluation) -> {
                  NumberedShards shards = numbered(model, images, split);
                  DisturbanceSummary summary =
                      new DisturbanceSummary(
                          modelPath,
                          source.set().uri(),
                          split,
                          spec.testTimeFlip(),
                          clean(model, images, evaluation, split),
                          disturbed(model, shards, evaluation, split));
                  return new Measured(
                      model, summary, files.isPresent() ? samples(shards, split) : List.of());
                });
    files.ifPresent(
        place -> place.publish(measured.summary(), measured.model(), measured.samples()));
    return measured.summary();
  }

  /** What was measured of a model, and the pictures to show. */
  private record Measured(
      InferenceModel model, DisturbanceSummary summary, List<SamplePicture> samples) {}

  private NumberedShards numbered(InferenceModel model, JavaRDD<ImageShard> images, Split split) {
    SparkLabels.describe(spark, "count the %s images".formatted(split.word()));
    return NumberedShards.of(images, model.preprocessing().margin());
  }

  private Evaluation clean(
      InferenceModel model,
      JavaRDD<ImageShard> images,
      DistributedEvaluation evaluation,
      Split split) {
    SparkLabels.describe(spark, "%s accuracy".formatted(split.word()));
    Evaluation clean = evaluation.of(model, images);
    log("Clean images", clean);
    return clean;
  }

  private Map<Disturbance, List<Evaluation>> disturbed(
      InferenceModel model, NumberedShards shards, DistributedEvaluation evaluation, Split split) {
    Map<Disturbance, List<Evaluation>> disturbed = new EnumMap<>(Disturbance.class);
    for (Disturbance kind : Disturbance.all()) {
      List<Evaluation> strengths = new ArrayList<>();
      for (int strength = 1; strength <= Disturbance.STRENGTHS; strength++) {
        String place = "%s %d of %d".formatted(kind.word(), strength, Disturbance.STRENGTHS);
        SparkLabels.describe(spark, "disturbance %s: %s accuracy".formatted(place, split.word()));
        Evaluation measured = evaluation.of(model, shards.under(kind, strength));
        log("Disturbance " + place, measured);
        strengths.add(measured);
      }
      disturbed.put(kind, List.copyOf(strengths));
    }
    return disturbed;
  }

  private List<SamplePicture> samples(NumberedShards shards, Split split) {
    SparkLabels.describe(spark, "read some %s images".formatted(split.word()));
    return shards.samples(SAMPLE_CLASSES);
  }

  private static void log(String what, Evaluation evaluation) {
    LOG.info(
        String.format(
            Locale.ROOT,
            "%s: accuracy %.4f, mean loss %.4f",
            what,
            evaluation.confusionMatrix().accuracy(),
            evaluation.meanLoss()));
  }

  private static void requireColours(ImageSet set) {
    if (set.storedShape().channels() != COLOURS) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot disturb the images of %s: they are %s, and red, green and blue are needed (leave out --disturb)"
              .formatted(set.uri(), set.storedShape()));
    }
  }
}
