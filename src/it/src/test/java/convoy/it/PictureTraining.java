package convoy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.worker.image.decoding.BadFiles;
import convoy.worker.image.decoding.BadFiles.BadFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * What a team does with its photographs, undisturbed: picture files in folders on HDFS, which are
 * imported with a share for validation, and a training run of seconds on them. The classes have odd
 * names, some pictures are not square, some files are no pictures, and one is a copy.
 */
final class PictureTraining {
  /** Where the folders {@code train/CLASS} and {@code test/CLASS} are. */
  static final String PICTURES = "/photographs";

  /** Where the image set is. */
  static final String IMAGES = "/imported";

  /** The name that the undisturbed training run was submitted under. */
  static final String NAME = "train-pictures";

  static final int EPOCHS = 4;
  static final int PATIENCE = 1;
  static final int SIZE = 32;
  static final int MARGIN = 2;

  /** Of folders, in the order that their labels have: by name, as Java compares texts. */
  static final List<String> CLASS_NAMES =
      List.of(
          " blanks around it ",
          "\"quoted\", with comma",
          "%20",
          "1",
          "10",
          "2",
          "two\nlines",
          "{a,b}[c]*#?",
          "кошка",
          "猫");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Files of each folder of {@link #CLASS_NAMES} that are wider or higher than the others. */
  private static final List<int[]> SHAPES = List.of(new int[] {40, 25}, new int[] {20, 64});

  private final Cluster cluster;
  private final List<BadFile> bad;
  private final Outcome imported;

  private PictureTraining(Cluster cluster, List<BadFile> bad, Outcome imported) {
    this.cluster = cluster;
    this.bad = bad;
    this.imported = imported;
  }

  /** Draws the pictures, imports them and trains, on both executors of the cluster. */
  static PictureTraining run(Cluster cluster) throws IOException, InterruptedException {
    draw(cluster);
    List<BadFile> bad = BadFiles.all().subList(0, 10);
    Hdfs hdfs = cluster.hdfs();
    Random random = new Random(1);
    for (int i = 0; i < CLASS_NAMES.size(); i++) {
      String training = PICTURES + "/train/" + CLASS_NAMES.get(i);
      String test = PICTURES + "/test/" + CLASS_NAMES.get(i);
      hdfs.write((i % 2 == 0 ? training : test) + "/" + bad.get(i).name(), bad.get(i).bytes());
      for (int[] shape : SHAPES) {
        hdfs.write(
            "%s/%dx%d.png".formatted(test, shape[0], shape[1]), png(shape[0], shape[1], random));
      }
    }
    String last = PICTURES + "/train/" + CLASS_NAMES.get(9);
    hdfs.write(last + "/copy.png", hdfs.bytes(last + "/" + hdfs.names(last).get(0)));

    Outcome imported = cluster.run("import", importInto(cluster, IMAGES));
    assertThat(imported.exitCode()).as(imported::text).isZero();
    Outcome trained = cluster.run(NAME, command(cluster, NAME));
    assertThat(trained.exitCode()).as(trained::text).isZero();
    return new PictureTraining(cluster, bad, imported);
  }

  private static void draw(Cluster cluster) throws IOException, InterruptedException {
    Outcome drawn =
        cluster.run(
            "synthesize-pictures",
            List.of(
                "data",
                "synthesize",
                "--master=local[1]",
                "--layout=folders",
                "--training-images=" + SmallTraining.TRAINING_IMAGES,
                "--test-images=" + SmallTraining.TEST_IMAGES,
                "--output=" + cluster.uri(PICTURES)));
    assertThat(drawn.exitCode()).as(drawn::text).isZero();
    for (String split : List.of("/train", "/test")) {
      List<String> names = cluster.hdfs().names(PICTURES + split);
      assertThat(names).hasSameSizeAs(CLASS_NAMES);
      for (int i = 0; i < names.size(); i++) {
        cluster.hdfs().rename(PICTURES + split + "/" + names.get(i), CLASS_NAMES.get(i));
      }
    }
  }

  /** A picture file of coloured noise. */
  static byte[] png(int width, int height, Random random) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** The words of {@code scripts/convoy} that import the pictures into another directory. */
  List<String> importInto(String directory) {
    return importInto(cluster, directory);
  }

  /** The words of {@code scripts/convoy} for the same training run into another output. */
  List<String> again(String name, String... more) {
    List<String> words = new ArrayList<>(command(cluster, name));
    words.addAll(List.of(more));
    return words;
  }

  /** What the import printed. */
  Outcome imported() {
    return imported;
  }

  /** The files among the pictures that are none. */
  List<BadFile> bad() {
    return bad;
  }

  /** {@code image-set.json} of the set in a directory. */
  JsonNode imageSet(String directory) throws IOException {
    return JSON.readTree(cluster.hdfs().bytes(directory + "/image-set.json"));
  }

  /** What the undisturbed training run published. */
  TrainingOutput output() {
    return output(NAME);
  }

  /** What the training run of that name published. */
  TrainingOutput output(String name) {
    return new TrainingOutput(cluster.hdfs(), "/" + name);
  }

  private static List<String> importInto(Cluster cluster, String directory) {
    return List.of(
        "data",
        "import",
        "--from=" + cluster.uri(PICTURES),
        "--output=" + cluster.uri(directory),
        "--size=" + SIZE,
        "--fit=pad",
        "--margin=" + MARGIN,
        "--validation-share=0.2");
  }

  private static List<String> command(Cluster cluster, String name) {
    return List.of(
        "train",
        "--data=" + cluster.uri(IMAGES),
        "--output=" + cluster.uri("/" + name),
        "--network=resnet-8",
        "--replicas=2",
        "--batch-size=8",
        "--local-steps=6",
        "--epochs=" + EPOCHS,
        "--log=rounds",
        "--set=training.patience=" + PATIENCE,
        "--set=training.keep=best",
        "--conf=spark.executor.cores=1",
        "--conf=spark.cores.max=2");
  }
}
