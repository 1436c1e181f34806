package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import convoy.driver.LocalSpark;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Normalization;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.AugmentationDraws;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PixelStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {
  private static final int TRAINING = 100;

  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();
  @TempDir Path directory;

  private ImageSet set(int training, int test) throws IOException {
    return ImageSetDirectory.read(
        new Configuration(), ImageSetFiles.write(directory, training, test).toString());
  }

  /** Each image as text that tells it apart, with its label. */
  private static List<String> images(List<ImageShard> shards) {
    List<String> images = new ArrayList<>();
    for (ImageShard shard : shards) {
      byte[] pixels = new byte[CifarRecord.PIXEL_BYTES];
      for (int i = 0; i < shard.count(); i++) {
        shard.read(i, pixels);
        images.add(shard.label(i) + ":" + Arrays.hashCode(pixels));
      }
    }
    return images;
  }

  private static List<String> imagesInFileOrder(List<FileSlice> slices) throws IOException {
    List<ImageShard> shards = new ArrayList<>();
    for (FileSlice slice : slices) {
      shards.add(SliceReader.shard(SliceReader.bytes(slice, new Configuration())));
    }
    return images(shards);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 99, 130})
  void everyImageStandsInOneShard_andSizesDifferByOneAtMost(int shards) throws IOException {
    ImageSet set = set(TRAINING, 5);

    List<ImageShard> dealt =
        new Shards(SPARK.context()).shuffled(set.training(), shards, 1, 0, "images").collect();

    assertThat(dealt).hasSize(shards);
    assertThat(dealt.stream().mapToInt(ImageShard::count).max().orElseThrow())
        .isLessThanOrEqualTo(dealt.stream().mapToInt(ImageShard::count).min().orElseThrow() + 1);
    assertThat(images(dealt))
        .containsExactlyInAnyOrderElementsOf(imagesInFileOrder(set.training()));
  }

  @Test
  void deal_dependsOnSeedAndNumber_notOnHowTheFilesAreCut() throws IOException {
    ImageSet set = set(TRAINING, 5);
    List<FileSlice> otherCut =
        SliceCutter.cut(set.training(), 9).stream().flatMap(List::stream).toList();
    Shards shards = new Shards(SPARK.context());

    List<String> first = images(shards.shuffled(set.training(), 3, 1, 0, "a").collect());

    assertThat(images(shards.shuffled(otherCut, 3, 1, 0, "b").collect())).isEqualTo(first);
    assertThat(images(shards.shuffled(set.training(), 3, 1, 1, "c").collect())).isNotEqualTo(first);
    assertThat(images(shards.shuffled(set.training(), 3, 2, 0, "d").collect())).isNotEqualTo(first);
  }

  /** Each image of an epoch's shards, as it is, with whether its alternating flip mirrored it. */
  private static Map<String, Boolean> mirrored(List<ImageShard> shards, int epoch) {
    Normalization bytes = new Normalization(new float[3], new float[] {1, 1, 1});
    Augmentation alternating = new Augmentation(Augmentation.Flip.ALTERNATING, 0, 0);
    Map<String, Boolean> mirrored = new HashMap<>();
    for (ImageShard shard : shards) {
      int[] order = IntStream.range(0, shard.count()).toArray();
      AugmentationDraws draws = new AugmentationDraws(alternating, 1, epoch, new Random(epoch));
      float[] shown =
          new MinibatchAssembler(shard, bytes, shard.count())
              .assemble(order, 0, shard.count(), draws)
              .images();
      float[] original =
          new MinibatchAssembler(shard, bytes, shard.count()).assemble(0, shard.count()).images();
      for (int i = 0; i < shard.count(); i++) {
        int size = CifarRecord.PIXEL_BYTES;
        float[] image = Arrays.copyOfRange(original, i * size, (i + 1) * size);
        mirrored.put(
            Arrays.toString(image),
            !Arrays.equals(image, Arrays.copyOfRange(shown, i * size, (i + 1) * size)));
      }
    }
    return mirrored;
  }

  @Test
  void alternatingFlip_showsEveryImageBothWays_inTwoEpochsOfTwoDeals() throws IOException {
    ImageSet set = set(TRAINING, 5);
    Shards shards = new Shards(SPARK.context());

    Map<String, Boolean> first =
        mirrored(shards.shuffled(set.training(), 3, 1, 0, "a").collect(), 1);
    Map<String, Boolean> second =
        mirrored(shards.shuffled(set.training(), 3, 1, 1, "b").collect(), 2);

    assertThat(first).hasSize(TRAINING).containsValues(true, false);
    assertThat(second).hasSize(TRAINING);
    first.forEach((image, isMirrored) -> assertThat(second).containsEntry(image, !isMirrored));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 150})
  void testShards_areTheImagesInFileOrder(int shards) throws IOException {
    ImageSet set = set(TRAINING, 5);

    List<ImageShard> cut =
        new Shards(SPARK.context()).inOrder(set.training(), shards, "test").collect();

    assertThat(cut).hasSize(shards);
    assertThat(images(cut)).isEqualTo(imagesInFileOrder(set.training()));
  }

  @Test
  void shardsThatWouldNotFitInAnArray_areRefusedWithTheNumberThatDoes() {
    List<FileSlice> huge = List.of(new FileSlice("file:/x.bin", 0, 1_500_000, 0));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> new Shards(SPARK.context()).shuffled(huge, 2, 1, 0, "x"))
        .withMessage(
            "Cannot divide 1500000 images among 2 partitions: one holds fewer than 698823 (take 3 or more replicas)");
  }

  @Test
  void shards_areCachedUnderTheirName() throws IOException {
    ImageSet set = set(TRAINING, 5);
    new Shards(SPARK.context()).inOrder(set.test(), 2, "test images of this test").count();

    assertThat(SPARK.context().sc().getRDDStorageInfo())
        .anySatisfy(
            info -> {
              assertThat(info.name()).isEqualTo("test images of this test");
              assertThat(info.numCachedPartitions()).isEqualTo(2);
            });
  }

  @Test
  void inspection_findsTheStatisticsOfTheTrainingImagesAlone() throws IOException {
    ImageSet set = set(TRAINING, 40);
    PixelStatistics expected = PixelStatistics.empty(3);
    for (FileSlice slice : set.training()) {
      expected =
          expected.plus(
              PixelStatistics.of(SliceReader.shard(SliceReader.bytes(slice, new Configuration()))));
    }

    ImageSetInspection inspection = ImageSetInspection.of(SPARK.context(), set);

    Normalization normalization = inspection.normalization();
    for (int c = 0; c < 3; c++) {
      assertThat(normalization.mean()[c])
          .isCloseTo(expected.normalization().mean()[c], within(1e-7f));
    }
    assertThat(inspection.fingerprint()).matches("[0-9a-f]{64}");
    assertThat(ImageSetInspection.of(SPARK.context(), set).fingerprint())
        .isEqualTo(inspection.fingerprint());
    Files.write(directory.resolve("test_batch.bin"), ImageSetFiles.records(99, 40));
    assertThat(ImageSetInspection.of(SPARK.context(), set).fingerprint())
        .isNotEqualTo(inspection.fingerprint());
  }

  @Test
  void fileThatIsGoneByTheTimeItIsRead_isNamed() throws IOException {
    ImageSet set = set(TRAINING, 5);
    Files.delete(directory.resolve("data_batch_2.bin"));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSetInspection.of(SPARK.context(), set))
        .withMessageStartingWith(
            "Cannot read the image set: file:%s/data_batch_2.bin cannot be read: FileNotFoundException, "
                .formatted(directory))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void labelOutOfRange_isNamedWithFileAndByteOffset() throws IOException {
    ImageSet set = set(TRAINING, 5);
    byte[] records = ImageSetFiles.records(2, 67);
    records[41 * CifarRecord.BYTES] = 10;
    records[50 * CifarRecord.BYTES] = 77;
    Files.write(directory.resolve("data_batch_2.bin"), records);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ImageSetInspection.of(SPARK.context(), set))
        .withMessage(
            "Cannot read the image set: file:%s/data_batch_2.bin: the label at byte %d is 10; expected 0 to 9 (import the data set again)",
            directory, 41 * 3073)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }
}
