package convoy.worker.image.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.random.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ShardFileTest {
  private static final int COUNT = 50;
  private static final PackedImages IMAGES = RandomImages.shard(1, COUNT);

  @TempDir Path directory;

  private ShardFile filled() throws IOException {
    ShardFile shard = ShardFile.create(directory, IMAGES.shape(), COUNT);
    for (int place : Seed.permutation(COUNT, new Random(2))) {
      shard.put(place, IMAGES.label(place), IMAGES.pixels(), place * CifarRecord.PIXEL_BYTES);
    }
    return shard;
  }

  @Test
  void images_putInAnyOrder_readAsFromMemory() throws IOException {
    byte[] expected = new byte[CifarRecord.PIXEL_BYTES];
    byte[] actual = new byte[CifarRecord.PIXEL_BYTES];
    try (ShardFile shard = filled()) {
      assertThat(shard.count()).isEqualTo(COUNT);
      assertThat(shard.shape()).isEqualTo(CifarRecord.SHAPE);
      for (int i = 0; i < COUNT; i++) {
        IMAGES.read(i, expected);
        shard.read(i, actual);
        assertThat(actual).isEqualTo(expected);
        assertThat(shard.label(i)).isEqualTo(IMAGES.label(i));
      }
      assertThat(PixelStatistics.of(shard).sums()).isEqualTo(PixelStatistics.of(IMAGES).sums());
    }
  }

  @Test
  void greatestLabel_isKept() throws IOException {
    try (ShardFile shard = ShardFile.create(directory, new ImageShape(1, 1, 1), 2)) {
      shard.put(1, 65_535, new byte[] {7, 9}, 1);

      byte[] pixel = new byte[1];
      shard.read(1, pixel);
      assertThat(shard.label(1)).isEqualTo(65_535);
      assertThat(pixel).containsExactly(9);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void openShard_hasNoNameInTheDirectory() throws IOException {
    try (ShardFile shard = filled()) {
      assertThat(shard.count()).isEqualTo(COUNT);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void interruptedThread_readsOn_andLeavesTheShardToOthers() throws IOException {
    try (ShardFile shard = filled()) {
      byte[] first = new byte[CifarRecord.PIXEL_BYTES];
      Thread.currentThread().interrupt();
      shard.read(0, first);
      assertThat(Thread.interrupted()).isTrue();

      byte[] again = new byte[CifarRecord.PIXEL_BYTES];
      shard.read(0, again);
      assertThat(again).isEqualTo(first);
    }
  }

  @Test
  void threadsThatShareAShard_eachReadWhatTheyAskFor() throws IOException {
    try (ShardFile shard = filled()) {
      long wrong =
          IntStream.range(0, 40 * COUNT)
              .parallel()
              .filter(
                  i -> {
                    byte[] image = new byte[CifarRecord.PIXEL_BYTES];
                    byte[] expected = new byte[CifarRecord.PIXEL_BYTES];
                    shard.read(i % COUNT, image);
                    IMAGES.read(i % COUNT, expected);
                    return !java.util.Arrays.equals(image, expected);
                  })
              .count();
      assertThat(wrong).isZero();
    }
  }

  @Test
  void closedShard_saysWhichImageItCouldNotRead() throws IOException {
    ShardFile shard = filled();
    shard.close();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> shard.read(3, new byte[CifarRecord.PIXEL_BYTES]))
        .withMessage("Cannot read image 3 of 50 from the local disk: Stream Closed");
  }

  @Test
  void shardInADirectoryThatIsNotThere_isRefused() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> ShardFile.create(directory.resolve("absent"), CifarRecord.SHAPE, COUNT));
    assertThat(Files.exists(directory.resolve("absent"))).isFalse();
  }
}
