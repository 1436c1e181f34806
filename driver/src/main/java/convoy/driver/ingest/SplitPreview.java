package convoy.driver.ingest;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.files.FileReader;
import convoy.driver.ingest.picture.Attempted;
import convoy.driver.ingest.picture.ClassCounts;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.Picture;
import convoy.driver.ingest.picture.PictureReading;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.PictureVisitor;
import convoy.driver.store.Sha256;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Finds out, before the long work of decoding, that shares leave a class without pictures in a
 * split. What share a class gets is drawn picture by picture; so where classes are small or shares
 * are, every picture is read and digested once more, which takes about a tenth of the import.
 */
final class SplitPreview {
  /** Expected number of classes without pictures below which the pictures are not read. */
  private static final double NEGLIGIBLE = 1e-3;

  private final JavaSparkContext spark;
  private final FoundPictures found;
  private final ImportSpec spec;
  private final ImportPlan plan;

  SplitPreview(JavaSparkContext spark, FoundPictures found, ImportSpec spec, ImportPlan plan) {
    this.spark = spark;
    this.found = found;
    this.spec = spec;
    this.plan = plan;
  }

  /**
   * Reads the pictures, if a class may well be left without any in a split.
   *
   * @throws convoy.driver.failure.UserException naming a class and the split that it would lack
   */
  void require() {
    List<Long> training = found.listed().of(Split.TRAINING);
    double taken = spec.validationShare() + spec.testShare();
    double expectedlyEmpty =
        risk(training, spec.validationShare())
            + risk(training, spec.testShare())
            + (taken == 0 ? 0 : risk(training, 1 - taken));
    if (expectedlyEmpty < NEGLIGIBLE) {
      return;
    }
    ClassCounts counts = new ClassCounts(found.classNames().size());
    look().forEach(counts::addAll);
    counts.requireEveryClass(ImportedSet.splits(found, spec), found.classNames(), spec.from());
  }

  /** The expected number of classes none of whose pictures meets a share. */
  private static double risk(List<Long> pictures, double share) {
    return share == 0
        ? 0
        : pictures.stream().mapToDouble(count -> Math.pow(1 - share, count)).sum();
  }

  private List<ClassCounts> look() {
    SparkLabels.describe(spark, "count the pictures of each class in each split");
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.hadoopConfiguration());
    ImportPlan plan = this.plan;
    ArrayList<String> classNames = new ArrayList<>(found.classNames());
    return Attempted.values(
        spark
            .parallelize(found.tasks(), found.tasks().size())
            .map(
                task ->
                    Attempted.at(
                        "the pictures", () -> count(task, configuration.value(), plan, classNames)))
            .collect());
  }

  private static ClassCounts count(
      PictureTask task, Configuration configuration, ImportPlan plan, List<String> classNames)
      throws IOException {
    ClassCounts counts = new ClassCounts(classNames.size());
    task.read(
        new PictureReading(
            configuration, new FileReader(configuration, plan.maxPixels()), classNames),
        new PictureVisitor() {
          @Override
          public void visit(Picture picture, byte[] content) {
            Split split = plan.assignment().of(Sha256.of(content), picture.given());
            counts.add(split, picture.label(), 1);
          }

          @Override
          public void reject(Picture picture, UnreadableImageException reason) {
            // The import will say that it cannot be read, and not that its class lacks it.
            List.of(Split.values()).forEach(split -> counts.add(split, picture.label(), 1));
          }
        });
    return counts;
  }
}
