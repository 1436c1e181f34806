package convoy.driver.evaluation;

import convoy.driver.device.TaskDevice;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.evaluation.Evaluator;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.model.InferenceModel;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Evaluates a model on cached shards, where they are; a few hundred bytes per partition come back.
 */
public final class DistributedEvaluation {
  private final JavaSparkContext spark;
  private final String engine;
  private final EvaluationSpec spec;

  /**
   * Evaluations on that cluster.
   *
   * @param engine its name
   * @param spec how accuracy is measured
   */
  public DistributedEvaluation(JavaSparkContext spark, String engine, EvaluationSpec spec) {
    this.spark = spark;
    this.engine = engine;
    this.spec = spec;
  }

  /** The evaluation of every image of every shard, added in partition order. */
  public Evaluation of(InferenceModel model, JavaRDD<ImageShard> shards) {
    Broadcast<InferenceModel> broadcast = spark.broadcast(model);
    String engineName = engine;
    int batch = spec.batchSize();
    TestTimeFlip flip = spec.testTimeFlip();
    List<Evaluation> evaluations;
    try {
      evaluations =
          shards
              .map(shard -> evaluate(broadcast.value(), engineName, batch, flip, shard))
              .collect();
    } finally {
      broadcast.destroy();
    }
    return evaluations.stream()
        .reduce(
            new Evaluation(new ConfusionMatrix(model.network().classes()), 0), Evaluation::plus);
  }

  private static Evaluation evaluate(
      InferenceModel model, String engine, int batchSize, TestTimeFlip flip, ImageShard shard) {
    TaskDevice.pin();
    try (InferenceNetwork network =
        flip.applyTo(
            Engines.named(engine).openInference(model.network(), model.parameters(), batchSize))) {
      return Evaluator.evaluate(
          network, shard, model.preprocessing(), model.network().classes(), batchSize);
    }
  }
}
