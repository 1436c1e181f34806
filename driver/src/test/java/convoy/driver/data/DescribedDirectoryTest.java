package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribedDirectoryTest {
  private static final Configuration HADOOP = new Configuration();
  private static final ImageShape GREY = new ImageShape(1, 5, 9);

  @TempDir Path directory;
  private Path set;

  @BeforeEach
  void name() {
    set = directory.resolve("set");
  }

  private static List<String> classes(int count) {
    return DescribedSet.classNames(count);
  }

  private List<DescribedSet.Image> write(ImageShape shape, int classes) throws IOException {
    return DescribedSet.write(set, shape, classes).images();
  }

  private ImageSource open() {
    return ImageSources.open(HADOOP, set.toUri().toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 256, 257, 65_536})
  void everyRecord_isReadAsItWasWritten_withLabelsOfOneByteOrTwo(int classes) throws IOException {
    List<DescribedSet.Image> written = write(GREY, classes);

    ImageSource source = open();

    List<DescribedSet.Image> read = new ArrayList<>();
    byte[] pixels = new byte[GREY.pixels()];
    for (Split split : Split.values()) {
      for (Slice slice : source.slices(split)) {
        try (Records records = source.records(slice, HADOOP)) {
          while (records.next(pixels)) {
            read.add(DescribedSet.Image.of(records.label(), pixels));
          }
        }
      }
    }
    assertThat(read).isEqualTo(written);
    assertThat(set.resolve("test.bin")).hasSize(3 * (45L + (classes <= 256 ? 1 : 2)));
    assertThat(set.toFile().list())
        .containsExactlyInAnyOrder(
            "training-0.bin", "training-1 ü.bin", "validation.bin", "test.bin", "image-set.json");
  }

  @Test
  void everythingThatTheDescriptionSays_isInTheSet() throws IOException {
    List<DescribedSet.Image> written = write(GREY, 3);

    ImageSource source = open();

    assertThat(source.set().uri()).isEqualTo("file:" + set);
    assertThat(source.set().storedShape()).isEqualTo(GREY);
    assertThat(source.set().margin()).isEqualTo(2);
    assertThat(source.set().fit()).isEqualTo(Fit.CROP);
    assertThat(source.set().classNames()).isEqualTo(classes(3));
    assertThat(source.set().origin()).isEqualTo(DescribedSet.ORIGIN);
    assertThat(source.images(Split.TRAINING)).isEqualTo(11);
    assertThat(source.images(Split.VALIDATION)).isEqualTo(2);
    assertThat(source.images(Split.TEST)).isEqualTo(3);
    long[] perClass = new long[3];
    long sum = 0;
    for (DescribedSet.Image image : written.subList(0, 11)) {
      perClass[image.label()]++;
      sum += image.pixels().stream().mapToLong(value -> value & 0xff).sum();
    }
    ImageSetContents contents = source.set().contents();
    assertThat(contents.imagesPerClass(Split.TRAINING))
        .isEqualTo(Arrays.stream(perClass).boxed().toList());
    assertThat(contents.training().sums()).containsExactly(sum);
    assertThat(ImageSetInspection.of(HADOOP, source))
        .usingRecursiveComparison()
        .isEqualTo(contents);
  }

  private void edit(Consumer<ObjectNode> change) throws IOException {
    Path json = set.resolve("image-set.json");
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode node = (ObjectNode) mapper.readTree(json.toFile());
    change.accept(node);
    mapper.writeValue(json.toFile(), node);
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(this::open)
        .withMessage(message)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  private void assertEditRefused(Consumer<ObjectNode> change, String reason) throws IOException {
    byte[] before = Files.readAllBytes(set.resolve("image-set.json"));
    edit(change);
    assertRefused(
        "Cannot read the image set's description file:%s/image-set.json: %s (import the data set again with this Convoy)"
            .formatted(set, reason));
    Files.write(set.resolve("image-set.json"), before);
  }

  @Test
  void descriptionThatSaysWhatCannotBe_isRefusedWithTheReason() throws IOException {
    write(GREY, 3);

    assertEditRefused(
        json -> json.put("format", "other"), "it does not say \"format\": \"convoy-image-set\"");
    assertEditRefused(
        json -> json.put("formatVersion", 2), "its format version is 2, and this Convoy reads 1");
    assertEditRefused(json -> json.remove("storedShape"), "it has no storedShape");
    assertEditRefused(
        json -> json.put("margin", 3),
        "Cannot crop images of 1x5x9 with a margin of 3: it may be 0 to 2");
    assertEditRefused(json -> json.put("fit", "wide"), "it has no such fit as \"wide\"");
    assertEditRefused(json -> json.putArray("classNames"), "it has no classNames");
    assertEditRefused(
        json -> json.putArray("classNames").add("a").add("").add("b"), "a class has no name");
    assertEditRefused(
        json -> json.putArray("classNames").add("a").add("b").add("a"),
        "it names the class \"a\" twice");
    assertEditRefused(
        json -> json.putArray("classNames").add("a").add("b"),
        "its files have 11 training images, and its classes "
            + open().set().contents().imagesPerClass(Split.TRAINING));
    assertEditRefused(
        json -> json.put("labelBytes", 2), "labels of 3 classes take 1 bytes, and it says 2");
    assertEditRefused(json -> json.putArray("files"), "it names no files");
    assertEditRefused(
        json -> ((ObjectNode) json.get("files").get(0)).put("name", "../training-0.bin"),
        "\"../training-0.bin\" is not the name of a file beside it");
    assertEditRefused(
        json -> ((ObjectNode) json.get("files").get(0)).put("images", -1),
        "its file training-0.bin has -1 images");
    assertEditRefused(
        json -> ((ObjectNode) json.get("files").get(3)).put("split", "training"),
        "it has no test images");
    assertEditRefused(
        json -> ((ObjectNode) json.get("files").get(3)).put("split", "holdout"),
        "it has no such split as \"holdout\"");
    assertEditRefused(
        json -> json.put("fingerprint", "abc"),
        "its fingerprint is \"abc\", which is not a SHA-256");
    assertEditRefused(json -> json.remove("trainingPixels"), "it has no trainingPixels");
    assertEditRefused(
        json -> ((ObjectNode) json.get("trainingPixels")).put("pixelsPerChannel", 1_000),
        "its trainingPixels are not those of 11 images of 1x5x9");
    assertEditRefused(
        json -> json.putArray("files").addNull(), "a value in it is missing or too large");
    assertEditRefused(
        json -> ((ObjectNode) json.get("storedShape")).put("height", 1_000_000_000),
        "Cannot describe an image of 1 x 1000000000 x 9: it may have at most 2147483647 values");
    assertEditRefused(
        json -> json.putArray("classNames").add("a\nb").add("b").add("a\nb"),
        "it names the class \"a?b\" twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"formatVersion", "margin", "labelBytes"})
  void numberThatIsNotWhole_isRefused(String key) throws IOException {
    write(GREY, 3);
    assertEditRefused(
        json -> json.put(key, 1.7), "its %s is 1.7, which is not a whole number".formatted(key));
    assertEditRefused(json -> json.remove(key), "its %s is missing or not a number".formatted(key));
    assertEditRefused(
        json -> ((ObjectNode) json.get("files").get(1)).put("images", "4"),
        "its files.[1].images is missing or not a number");
  }

  @Test
  void fileThatIsNoJson_isRefusedInOneLine() throws IOException {
    write(GREY, 3);
    Files.writeString(set.resolve("image-set.json"), "{\"format\":\n oops");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(this::open)
        .withMessageStartingWith(
            "Cannot read the image set's description file:%s/image-set.json: Unrecognized token 'oops'"
                .formatted(set))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void missingFileAndWrongLength_areNamed() throws IOException {
    write(GREY, 3);
    Files.write(set.resolve("validation.bin"), new byte[93]);
    assertRefused(
        "Cannot read the image set file:%s: validation.bin has 93 bytes; expected 92, for 2 images (import the data set again)"
            .formatted(set));

    Files.delete(set.resolve("training-1 ü.bin"));
    assertRefused(
        "Cannot read the image set file:%s: training-1 ü.bin is missing, with 4 images (import the data set again)"
            .formatted(set));
  }

  @Test
  void recordsOtherThanDescribed_areRefusedByTheInspection() throws IOException {
    write(GREY, 3);
    byte[] records = Files.readAllBytes(set.resolve("test.bin"));
    records[100] ^= 1;
    Files.write(set.resolve("test.bin"), records);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSetInspection.of(HADOOP, open()))
        .withMessageMatching(
            "Cannot use the image set file:%s: the fingerprint of its records is [0-9a-f]{64}, and its description says %s [(]import the data set again[)]"
                .formatted(set, open().set().contents().fingerprint()))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void sumsOtherThanDescribed_areRefusedByTheInspection() throws IOException {
    write(GREY, 3);
    long sum = open().set().contents().training().sums()[0];
    edit(json -> ((ObjectNode) json.get("trainingPixels")).putArray("sums").add(sum + 1));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSetInspection.of(HADOOP, open()))
        .withMessage(
            "Cannot use the image set file:%s: the sums of its training pixels are [%d], and its description says [%d] (import the data set again)",
            set, sum, sum + 1);
  }

  @Test
  void labelOfNoClass_isNamedWithFileAndByteOffset() throws IOException {
    write(GREY, 3);
    byte[] records = Files.readAllBytes(set.resolve("test.bin"));
    records[92] = 3;
    Files.write(set.resolve("test.bin"), records);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSetInspection.of(HADOOP, open()))
        .withMessage(
            "Cannot read the image set's file file:%s/test.bin: the label at byte 92 is 3; expected 0 to 2 (import the data set again)",
            set);
  }

  @Test
  void fileThatHasBecomeShorter_isNamedWithTheByteOffset() throws IOException {
    write(GREY, 3);
    ImageSource source = open();
    Files.write(set.resolve("test.bin"), new byte[100]);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSetInspection.of(HADOOP, source))
        .withMessage(
            "Cannot read the image set's file file:%s/test.bin: it ends inside the record at byte 92 (import the data set again)",
            set);
  }

  @Test
  void largeRecords_areCutIntoSlicesByBytes() {
    ImageShape large = new ImageShape(3, 224, 224);
    RecordFiles source =
        new RecordFiles(
            new ImageSet(
                "file:/set",
                large,
                0,
                Fit.PAD,
                classes(1_000),
                ImageSetContents.UNKNOWN,
                ImageSetOrigin.UNKNOWN),
            List.of(
                new RecordFile("a.bin", Split.TRAINING, 500),
                new RecordFile("b.bin", Split.TRAINING, 3),
                new RecordFile("c.bin", Split.TEST, 1)));

    // 30,730,000 / (2 + 3 * 224 * 224) = 204.1 records.
    assertThat(source.slices(Split.TRAINING))
        .extracting(Slice::records)
        .containsExactly(204, 204, 92, 3);
    assertThat(source.slices(Split.TRAINING))
        .extracting(Slice::firstIndex)
        .containsExactly(0L, 204L, 408L, 500L);
    assertThat(source.slices(Split.TRAINING))
        .extracting(Slice::firstRecord)
        .containsExactly(0L, 204L, 408L, 0L);
  }
}
