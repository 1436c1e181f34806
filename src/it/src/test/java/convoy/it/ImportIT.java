package convoy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import convoy.worker.image.synthesis.SyntheticImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Imports picture files from and to HDFS on separate executor processes, and disturbs it. */
@ExtendWith(ClusterExtension.class)
final class ImportIT {
  private final Cluster cluster;
  private final PictureTraining pictures;

  ImportIT(Cluster cluster, PictureTraining pictures) {
    this.cluster = cluster;
    this.pictures = pictures;
  }

  @Test
  void imageSet_hasTheClassesOfTheFoldersAndEveryPictureOnce() throws Exception {
    JsonNode set = pictures.imageSet(PictureTraining.IMAGES);

    int stored = PictureTraining.SIZE + 2 * PictureTraining.MARGIN;
    assertThat(set.at("/storedShape/height").intValue()).isEqualTo(stored);
    assertThat(set.at("/storedShape/width").intValue()).isEqualTo(stored);
    assertThat(texts(set.get("classNames"))).isEqualTo(PictureTraining.CLASS_NAMES);
    for (int label = 0; label < PictureTraining.CLASS_NAMES.size(); label++) {
      String name = PictureTraining.CLASS_NAMES.get(label);
      assertThat(images(set, "training", label) + images(set, "validation", label))
          .isEqualTo(readable("/train/" + name));
      assertThat(images(set, "test", label)).isEqualTo(readable("/test/" + name));
    }
    assertThat(set.at("/origin/rejected").intValue()).isEqualTo(pictures.bad().size());
    assertThat(set.at("/origin/copies").intValue()).isEqualTo(1);
    assertThat(cluster.hdfs().names(PictureTraining.IMAGES))
        .contains("copies", "image-set.json", "pictures", "rejected")
        .doesNotContain("attempts");
    assertThat(pictures.imported().out())
        .contains(
            "Copies of another picture, byte for byte: 1 (%s/copies lists them)"
                .formatted(cluster.uri(PictureTraining.IMAGES)));
  }

  @Test
  void predictLabelled_countsOnTheFilesWhatTheTrainingRunCountedOnItsTestSplit() throws Exception {
    Outcome predicted =
        cluster.run(
            "predict-pictures",
            List.of(
                "predict",
                "--master=local[2]",
                "--model=" + cluster.uri("/" + PictureTraining.NAME + "/model"),
                "--images=" + cluster.uri(PictureTraining.PICTURES + "/test"),
                "--output=" + cluster.uri("/rows-pictures"),
                "--labelled"));

    JsonNode test = pictures.output().model().get("test");
    assertThat(predicted.exitCode()).as(predicted::text).isZero();
    assertThat(predicted.out())
        .contains(
            "accuracy %.4f (%d of %d files in folders named after a class)"
                .formatted(
                    test.get("accuracy").doubleValue(),
                    test.get("correct").intValue(),
                    test.get("count").intValue()));
  }

  @Test
  void sameImagesFromArchives_giveTheParametersThatTheirRecordsGave(SmallTraining records)
      throws Exception {
    for (Split split : List.of(Split.TRAINING, Split.TEST)) {
      boolean training = split == Split.TRAINING;
      cluster
          .hdfs()
          .write(
              training ? "/archives/train-0.tar" : "/archives/test-0.tar",
              archive(
                  new SyntheticImages(1, split),
                  training ? SmallTraining.TRAINING_IMAGES : SmallTraining.TEST_IMAGES));
    }

    Outcome imported =
        cluster.run(
            "import-archives",
            List.of(
                "data",
                "import",
                "--from=" + cluster.uri("/archives"),
                "--output=" + cluster.uri("/images-of-archives"),
                "--size=32"));
    assertThat(imported.exitCode()).as(imported::text).isZero();
    assertThat(cluster.hdfs().bytes("/images-of-archives/training-00001.bin"))
        .isEqualTo(cluster.hdfs().bytes("/images/data_batch_1.bin"));

    Outcome trained =
        cluster.run(
            "train-archives",
            records.of("/images-of-archives", "train-archives", "--master=local[2]"));
    assertThat(trained.exitCode()).as(trained::text).isZero();
    assertThat(records.output("train-archives").parametersSha256())
        .isEqualTo(records.output().parametersSha256());
  }

  @Test
  void driverAndThenExecutorKilled_leaveNothingVisibleAndThenTheSameSet() throws Exception {
    Hdfs hdfs = cluster.hdfs();
    hdfs.makeFolder("/disturbed");
    try (Program program =
        cluster.start("import-killed-driver", pictures.importInto("/disturbed/set"))) {
      program.awaitError("Importing ");
      awaitRecords(List.of());
    }
    List<String> leftovers = hdfs.names("/disturbed");
    assertThat(leftovers).isNotEmpty().allMatch(left -> left.startsWith(".set."));

    String name = "import-killed-executor";
    try (Program program = cluster.start(name, pictures.importInto("/disturbed/set"))) {
      program.awaitError("Importing ");
      awaitRecords(leftovers);
      String application = EventLog.application(hdfs, name);
      assertThat(cluster.executors(application).get("0").destroyForcibly()).isTrue();

      Outcome outcome = program.await();
      assertThat(outcome.exitCode()).as(outcome::text).isZero();
    }

    assertThat(cluster.eventLog(name).tasksLostWith("0")).isPositive();
    assertThat(hdfs.names("/disturbed")).containsExactly("set");
    JsonNode expected = pictures.imageSet(PictureTraining.IMAGES);
    JsonNode set = pictures.imageSet("/disturbed/set");
    for (String key : List.of("fingerprint", "files", "imagesPerClass", "trainingPixels")) {
      assertThat(set.get(key)).as(key).isEqualTo(expected.get(key));
    }
    assertThat(hdfs.names("/disturbed/set")).isEqualTo(hdfs.names(PictureTraining.IMAGES));
    for (JsonNode file : set.get("files")) {
      String records = "/" + file.get("name").textValue();
      assertThat(hdfs.bytes("/disturbed/set" + records))
          .isEqualTo(hdfs.bytes(PictureTraining.IMAGES + records));
    }
  }

  /** Waits until a task of the import into {@code /disturbed/set} has begun to write. */
  private void awaitRecords(List<String> leftovers) throws IOException {
    String hidden = cluster.hdfs().awaitName("/disturbed", ".convoy-tmp-", leftovers);
    cluster.hdfs().awaitName("/disturbed/" + hidden, "attempts");
  }

  private static long images(JsonNode set, String split, int label) {
    return set.at("/imagesPerClass/" + split).get(label).longValue();
  }

  /** How many files of a folder of the pictures can be read. */
  private long readable(String folder) throws IOException {
    List<String> bad = pictures.bad().stream().map(file -> file.name()).toList();
    return cluster.hdfs().names(PictureTraining.PICTURES + folder).stream()
        .filter(name -> !bad.contains(name))
        .count();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  /** The first images in WebDataset's layout: a PNG file and the number of its class. */
  private static byte[] archive(SyntheticImages images, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int index = 0; index < count; index++) {
        add(tar, index + ".png", png(images.pixels(index)));
        String label = Integer.toString(images.label(index));
        add(tar, index + ".cls", label.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** A PNG file of uint8 {@code [C][H][W]}. */
  private static byte[] png(byte[] pixels) throws IOException {
    ImageShape shape = SyntheticImages.SHAPE;
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        int colour = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
          int place = (channel * shape.height() + y) * shape.width() + x;
          colour = colour << 8 | Byte.toUnsignedInt(pixels[place]);
        }
        image.setRGB(x, y, colour);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
