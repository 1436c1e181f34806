package convoy.driver.training;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.device.TaskDevice;
import convoy.driver.monitoring.event.PicturesChosen.ChosenPicture;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.evaluation.Example;
import convoy.worker.evaluation.Examples;
import convoy.worker.image.JpegThumbnail;
import convoy.worker.image.Split;
import convoy.worker.model.InferenceModel;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Chooses test images to show, by a model: one Spark job, and some dozen small pictures back. */
final class TestPictures {
  private TestPictures() {}

  static List<ChosenPicture> of(
      JavaSparkContext spark, TrainingSetup setup, TrainingImages images, InferenceModel model) {
    var shards = images.of(Split.TEST);
    SparkLabels.describe(spark, "choose test images to show");
    String engine = setup.task().engine();
    int batchSize = setup.spec().evaluation().batchSize();
    TestTimeFlip flip = setup.spec().evaluation().testTimeFlip();
    Broadcast<InferenceModel> broadcast = spark.broadcast(model);
    List<Example> examples;
    try {
      examples =
          shards
              .flatMap(
                  shard -> {
                    TaskDevice.pin();
                    InferenceModel told = broadcast.value();
                    try (InferenceNetwork network =
                        flip.applyTo(
                            Engines.named(engine)
                                .openInference(told.network(), told.parameters(), batchSize))) {
                      return Examples.of(
                              network,
                              shard,
                              told.preprocessing(),
                              told.network().classes(),
                              batchSize)
                          .iterator();
                    }
                  })
              .collect();
    } finally {
      broadcast.destroy();
    }
    return Examples.best(examples).stream().map(TestPictures::chosen).toList();
  }

  private static ChosenPicture chosen(Example example) {
    return new ChosenPicture(
        example.group().name(),
        example.label(),
        example.predicted(),
        example.probability(),
        JpegThumbnail.uri(example.pixels(), example.shape()));
  }
}
