package convoy.driver.prediction;

import convoy.driver.device.TaskDevice;
import convoy.driver.files.FileReader;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.decoding.ImageDecoder;
import convoy.worker.model.InferenceModel;
import convoy.worker.prediction.Classifier;
import convoy.worker.prediction.Prediction;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** The task: reads, decodes and classifies the files of a partition, a batch at a time. */
final class ClassifyFiles implements FlatMapFunction<Iterator<FilePartition>, Prediction> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<InferenceModel> model;
  private final SerializableConfiguration configuration;
  private final String engine;
  private final int batchSize;
  private final int topK;
  private final TestTimeFlip flip;
  private final long maxPixels;
  private final boolean labelled;
  private final TaskReports reports;

  ClassifyFiles(
      Broadcast<InferenceModel> model,
      SerializableConfiguration configuration,
      String engine,
      int batchSize,
      int topK,
      TestTimeFlip flip,
      long maxPixels,
      boolean labelled,
      TaskReports reports) {
    this.model = model;
    this.configuration = configuration;
    this.engine = engine;
    this.batchSize = batchSize;
    this.topK = topK;
    this.flip = flip;
    this.maxPixels = maxPixels;
    this.labelled = labelled;
    this.reports = reports;
  }

  @Override
  public Iterator<Prediction> call(Iterator<FilePartition> partitions) {
    if (!partitions.hasNext()) {
      return Collections.emptyIterator();
    }
    TaskDevice.pin();
    Classifier classifier =
        new Classifier(model.value(), Engines.named(engine), batchSize, topK, flip);
    Preprocessing preprocessing = model.value().preprocessing();
    TaskReport report =
        new TaskReport(
            reports,
            preprocessing.storedShape(),
            labelled ? Set.copyOf(model.value().labels()) : Set.of());
    TaskContext.get()
        .addTaskCompletionListener(
            context -> {
              classifier.close();
              report.reportExamples();
            });
    return new ClassifyingIterator(
        partitions.next().files(),
        new FileReader(configuration.value(), maxPixels),
        new ImageDecoder(preprocessing.storedShape(), preprocessing.fit(), maxPixels),
        classifier,
        batchSize,
        report);
  }
}
