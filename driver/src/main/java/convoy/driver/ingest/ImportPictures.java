package convoy.driver.ingest;

import convoy.driver.data.RecordLayout;
import convoy.driver.data.UnpublishedDirectory;
import convoy.driver.files.FileReader;
import convoy.driver.ingest.picture.Attempted;
import convoy.driver.ingest.picture.Picture;
import convoy.driver.ingest.picture.PictureReading;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.PictureVisitor;
import convoy.driver.store.Sha256;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.ImageDecoder;
import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** The task: reads pictures, decodes them to the stored shape, and writes their records. */
final class ImportPictures implements Function<PictureTask, Attempted<TaskReport>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> configuration;
  private final Broadcast<List<String>> classNames;
  private final ImportPlan plan;
  private final String directory;
  private final LongAccumulator done;

  /**
   * The task.
   *
   * @param directory the set in the making
   * @param done counts pictures for the display of progress
   */
  ImportPictures(
      Broadcast<SerializableConfiguration> configuration,
      Broadcast<List<String>> classNames,
      ImportPlan plan,
      String directory,
      LongAccumulator done) {
    this.configuration = configuration;
    this.classNames = classNames;
    this.plan = plan;
    this.directory = directory;
    this.done = done;
  }

  @Override
  public Attempted<TaskReport> call(PictureTask task) throws IOException {
    return Attempted.at("the pictures", () -> write(task));
  }

  private TaskReport write(PictureTask task) throws IOException {
    Configuration hadoop = configuration.value().value();
    TaskContext context = TaskContext.get();
    Path set = new Path(directory);
    UnpublishedDirectory files = new UnpublishedDirectory(FileSystem.get(set.toUri(), hadoop), set);
    String attempt = "attempts/" + context.taskAttemptId();
    List<String> names = classNames.value();
    ImageDecoder decoder = plan.decoder();
    PictureReading reading =
        new PictureReading(hadoop, new FileReader(hadoop, plan.maxPixels()), names);
    TaskFiles written =
        new TaskFiles(files, attempt, new RecordLayout(plan.storedShape(), names.size()), names);
    try (written) {
      task.read(
          reading,
          new PictureVisitor() {
            @Override
            public void visit(Picture picture, byte[] content) throws IOException {
              try {
                byte[] pixels = task.pixels(content, plan.storedShape(), decoder);
                byte[] sha256 = Sha256.of(content);
                Split split = plan.assignment().of(sha256, picture.given());
                written.add(picture, split, sha256, pixels);
                done.add(1);
              } catch (UnreadableImageException e) {
                reject(picture, e);
              }
            }

            @Override
            public void reject(Picture picture, UnreadableImageException reason)
                throws IOException {
              written.reject(picture, reason);
              done.add(1);
            }
          });
    }
    return written.report(context.partitionId());
  }
}
