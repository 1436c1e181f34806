package convoy.driver.wire;

import com.esotericsoftware.kryo.Kryo;
import convoy.driver.data.Slice;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.evaluation.Example;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.image.shard.PixelStatistics;
import convoy.worker.model.InferenceModel;
import convoy.worker.training.Divergence;
import convoy.worker.training.MinibatchStatistics;
import convoy.worker.training.ReplicaSpread;
import convoy.worker.training.ReplicaTimes;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.SliceAverage;
import convoy.worker.training.TrainingState;
import convoy.worker.training.UpdateSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Names every class that may cross the wire by Kryo. Registration is required, so a class that is
 * forgotten here fails in the first test that sends one, instead of travelling with its name.
 */
public final class ConvoyKryoRegistrator implements KryoRegistrator {
  /** Convoy's wire types, and the arrays that they hold. */
  private static final List<Class<?>> WIRE_TYPES =
      List.of(
          TrainingState.class,
          ReplicaUpdate.class,
          ReplicaTimes.class,
          UpdateSlice.class,
          SliceAverage.class,
          ReplicaSpread.class,
          MinibatchStatistics.class,
          Divergence.class,
          Slice.class,
          Split.class,
          PackedImages.class,
          InferenceModel.class,
          Preprocessing.class,
          ImageShape.class,
          Fit.class,
          Normalization.class,
          PixelStatistics.class,
          ConfusionMatrix.class,
          Evaluation.class,
          Example.class,
          Example.Group.class,
          ArrayList.class,
          TreeMap.class,
          Optional.class,
          byte[].class,
          char[].class,
          int[].class,
          long[].class,
          float[].class,
          double[].class,
          String[].class,
          PackedImages[].class,
          ImageShard[].class,
          ReplicaUpdate[].class,
          MinibatchStatistics[].class,
          Evaluation[].class,
          Example[].class,
          Object[].class);

  /** Package-private wire types and types of Spark's own, by name. */
  private static final List<String> NAMED_TYPES =
      List.of(
          "convoy.driver.data.shard.ShardPiece",
          "convoy.driver.device.DeviceReport",
          "[Lconvoy.driver.device.DeviceReport;",
          "convoy.driver.data.SliceInspection",
          "[Lconvoy.driver.data.SliceInspection;",
          "convoy.driver.evaluation.disturbance.SamplePicture",
          "convoy.driver.prediction.FilePartition",
          "convoy.driver.ingest.picture.Attempted",
          "convoy.driver.ingest.cifar.CifarContents",
          "convoy.driver.ingest.cifar.CifarLayout",
          "convoy.driver.ingest.cifar.CifarTask",
          "convoy.driver.files.ListedFile",
          "convoy.driver.ingest.picture.ClassCounts",
          "convoy.driver.ingest.picture.FilesTask",
          "convoy.driver.ingest.picture.LabelledFile",
          "convoy.driver.ingest.PartReport",
          "convoy.driver.ingest.table.Heading",
          "convoy.driver.ingest.table.ParquetTask",
          "convoy.driver.ingest.table.PartContents",
          "convoy.driver.ingest.table.TableColumn",
          "convoy.driver.ingest.table.TablePart",
          "convoy.driver.ingest.table.TableRow",
          "convoy.driver.ingest.tar.TarContents",
          "convoy.driver.ingest.tar.TarTask",
          "convoy.driver.ingest.RejectedClass",
          "convoy.driver.ingest.RejectedClass$Place",
          "convoy.driver.ingest.TaskReport");

  @Override
  public void registerClasses(Kryo kryo) {
    WIRE_TYPES.forEach(type -> register(kryo, type));
    for (String name : NAMED_TYPES) {
      try {
        register(kryo, Class.forName(name, false, Thread.currentThread().getContextClassLoader()));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("Cannot register " + name + " with Kryo: no such class", e);
      }
    }
  }

  private static void register(Kryo kryo, Class<?> type) {
    if (type.isRecord()) {
      kryo.register(type, new RecordSerializer<>(type.asSubclass(Record.class)));
    } else {
      kryo.register(type);
    }
  }
}
