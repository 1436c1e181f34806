package convoy.worker.image.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.image.Split;
import convoy.worker.image.shard.CifarRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticImagesTest {
  private final SyntheticImages training = new SyntheticImages(1, Split.TRAINING);
  private final SyntheticImages test = new SyntheticImages(1, Split.TEST);

  @Test
  void linearModel_onPixels_staysUnder60PercentOnUnseenImages() {
    SoftmaxRegression model = new SoftmaxRegression();

    model.train(records(training, 3_000), 8, 0.002f);

    double seen = model.accuracy(records(training, 3_000));
    double unseen = model.accuracy(records(test, 1_000));
    assertThat(seen).as("it does learn what it is shown").isGreaterThan(0.3);
    assertThat(unseen).isLessThan(0.6);
  }

  @Test
  void linearModel_whereOnePatchGivesTheClassAway_isRight() {
    SoftmaxRegression model = new SoftmaxRegression();

    model.train(marked(records(training, 2_000)), 8, 0.002f);

    assertThat(model.accuracy(marked(records(test, 1_000)))).isGreaterThan(0.8);
  }

  @Test
  void everyTenImages_haveEveryClassOnce_inMixedOrder() {
    List<List<Integer>> tens =
        IntStream.range(0, 100)
            .mapToObj(
                ten ->
                    IntStream.range(0, 10).map(i -> training.label(10 * ten + i)).boxed().toList())
            .toList();

    assertThat(tens)
        .allSatisfy(ten -> assertThat(ten).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    assertThat(tens.stream().distinct().count()).isGreaterThan(95);
  }

  @Test
  void image_dependsOnSeedSplitAndIndexAlone() {
    byte[] image = training.pixels(123);

    training.pixels(5);
    assertThat(training.pixels(123)).isEqualTo(image);
    assertThat(new SyntheticImages(1, Split.TRAINING).pixels(123)).isEqualTo(image);
    assertThat(training.pixels(124)).isNotEqualTo(image);
    assertThat(test.pixels(123)).isNotEqualTo(image);
    assertThat(new SyntheticImages(2, Split.TRAINING).pixels(123)).isNotEqualTo(image);
  }

  @Test
  void images_areTheSameOnEveryMachine() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    records(training, 200).forEach(digest::update);

    // Published figures name a seed; they mean these bytes.
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("c5b010fcfafe9664fb9edd2187188c7e4612f2327cd4c8d321587f0b10abc5eb");
  }

  @Test
  void testImages_areNotAmongTheTrainingImages() {
    List<String> seen = records(training, 500).stream().map(SyntheticImagesTest::pixels).toList();

    assertThat(records(test, 500).stream().map(SyntheticImagesTest::pixels))
        .doesNotContainAnyElementsOf(seen)
        .doesNotHaveDuplicates();
  }

  @Test
  void classMeans_areTheSameGrey_soThatColourSaysNothing() {
    double[] sum = new double[10];
    for (byte[] record : records(training, 4_000)) {
      for (int i = 1; i < record.length; i++) {
        sum[record[0]] += (record[i] & 0xff) / (400.0 * CifarRecord.PIXEL_BYTES);
      }
    }

    // An image's mean has a deviation of 42 at most (a uniform colour, three channels): 9 is 4
    // errors.
    assertThat(Arrays.stream(sum).boxed())
        .allSatisfy(mean -> assertThat(mean).isBetween(127.5 - 9, 127.5 + 9));
  }

  @Test
  void classNames_areTenAndSafeAsFolderNames() {
    assertThat(SyntheticImages.classNames())
        .hasSize(CifarRecord.CLASSES)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("[a-z]+(-[a-z]+)?"));
  }

  private static List<byte[]> records(SyntheticImages images, int count) {
    return IntStream.range(0, count).mapToObj(i -> record(images, i)).toList();
  }

  /** Label and pixels, as a file of CIFAR-10 has them. */
  private static byte[] record(SyntheticImages images, int index) {
    byte[] record = new byte[CifarRecord.BYTES];
    record[0] = (byte) images.label(index);
    System.arraycopy(images.pixels(index), 0, record, 1, CifarRecord.PIXEL_BYTES);
    return record;
  }

  /** The same records with a white patch whose place tells the class. */
  private static List<byte[]> marked(List<byte[]> records) {
    for (byte[] record : records) {
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          record[1 + (3 * record[0] + row) * 32 + column] = (byte) 255;
        }
      }
    }
    return records;
  }

  private static String pixels(byte[] record) {
    return new String(record, 1, CifarRecord.PIXEL_BYTES, StandardCharsets.ISO_8859_1);
  }
}
