package convoy.driver.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.training.consensus.Consensus;
import convoy.driver.training.round.RoundFigures;
import convoy.worker.model.FloatVector;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointsTest {
  private static final String NEWER = "epoch-000003-round-0002";
  private static final RoundFigures SUMS =
      new RoundFigures(77, 1.0 / 3, OptionalLong.of(9), 0.1, 2e-9, 3, 4e9);
  @TempDir Path directory;

  private Checkpoints checkpoints() {
    return new Checkpoints(new Configuration(), new org.apache.hadoop.fs.Path(directory.toUri()));
  }

  /** A checkpoint of about 5 kB whose numbers are bits at random, NaN among them. */
  private static Checkpoint checkpoint(int epoch, int round) {
    Random random = new Random(epoch * 100 + round);
    return new Checkpoint(
        epoch,
        round,
        new Consensus(
            new TrainingState(bits(random, 400), bits(random, 300), 1234567890123L),
            bits(random, 200),
            bits(random, 400)),
        SUMS,
        new Standing(3, 0.1, 2, 1.0 / 3, bits(random, 400)),
        Map.of("training.seed", "1", "network.name", "resnet-8 \u00e9"));
  }

  private static float[] bits(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    return values;
  }

  private static void assertSame(Checkpoint actual, Checkpoint expected) {
    assertThat(
            List.of(
                actual.epoch(),
                actual.round(),
                actual.epochSoFar(),
                withoutParameters(actual.standing()),
                actual.settings()))
        .isEqualTo(
            List.of(
                expected.epoch(),
                expected.round(),
                expected.epochSoFar(),
                withoutParameters(expected.standing()),
                expected.settings()));
    assertThat(actual.consensus().state().iteration())
        .isEqualTo(expected.consensus().state().iteration());
    assertThat(vectors(actual)).isDeepEqualTo(vectors(expected));
  }

  private static List<Number> withoutParameters(Standing standing) {
    return List.of(
        standing.epochsAtChance(),
        standing.lastAccuracy(),
        standing.bestEpoch(),
        standing.bestAccuracy());
  }

  /** As bytes, for there are many NaNs. */
  private static byte[][] vectors(Checkpoint checkpoint) {
    Consensus consensus = checkpoint.consensus();
    return new byte[][] {
      FloatVector.toBytes(consensus.state().parameters()),
      FloatVector.toBytes(consensus.state().optimizerState()),
      FloatVector.toBytes(consensus.outerMomentum()),
      FloatVector.toBytes(consensus.meanParameters()),
      FloatVector.toBytes(checkpoint.standing().bestParameters())
    };
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(name))) {
      return files.sorted().toList();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> names = Files.list(directory)) {
      return names.map(Path::getFileName).map(Path::toString).sorted().toList();
    }
  }

  @Test
  void checkpoint_comesBackBitForBit_withAllItHolds() throws IOException {
    checkpoints().save(checkpoint(3, 2), 2);

    assertSame(checkpoints().newest(damaged -> {}).orElseThrow(), checkpoint(3, 2));
    assertThat(files(NEWER))
        .extracting(file -> file.getFileName().toString())
        .contains(
            "SHA256SUMS",
            "best-parameters.f32",
            "checkpoint.json",
            "mean-parameters.f32",
            "optimizer.f32",
            "outer-momentum.f32",
            "parameters.f32");
  }

  @Test
  void checkpoint_comesBackWithWhatItDoesNotHold() throws IOException {
    Checkpoint bare =
        new Checkpoint(
            1,
            4,
            Consensus.start(new TrainingState(new float[] {1, 2}, new float[0], 8)),
            new RoundFigures(5, 2, OptionalLong.empty(), 0, 0, 0, 0),
            Standing.START,
            Map.of());
    checkpoints().save(bare, 2);

    assertSame(checkpoints().newest(damaged -> {}).orElseThrow(), bare);
    assertThat(files("epoch-000001-round-0004"))
        .extracting(file -> file.getFileName().toString())
        .filteredOn(name -> !name.endsWith(".crc"))
        .containsExactly("SHA256SUMS", "checkpoint.json", "parameters.f32");
  }

  @Test
  void newest_isThatOfTheLatestRound_byNumber() throws IOException {
    checkpoints().save(checkpoint(2, 9999), 9);
    checkpoints().save(checkpoint(2, 10000), 9);
    assertSame(checkpoints().newest(damaged -> {}).orElseThrow(), checkpoint(2, 10000));
    checkpoints().save(checkpoint(3, 1), 9);
    assertSame(checkpoints().newest(damaged -> {}).orElseThrow(), checkpoint(3, 1));
  }

  @Test
  void saving_keepsTheNewest_andDeletesWhatWasSteppedOver() throws IOException {
    checkpoints().save(checkpoint(1, 1), 2);
    checkpoints().save(checkpoint(1, 2), 2);
    checkpoints().save(checkpoint(2, 1), 2);
    assertThat(names()).containsExactly("epoch-000001-round-0002", "epoch-000002-round-0001");

    // Both were damaged, so the training began anew.
    checkpoints().save(checkpoint(1, 1), 2);

    assertThat(names()).containsExactly("epoch-000001-round-0001");
  }

  @Test
  void everyTruncationOfEveryFile_isNamed_andTheOlderCheckpointTaken() throws IOException {
    checkpoints().save(checkpoint(3, 1), 2);
    checkpoints().save(checkpoint(3, 2), 2);
    for (Path file : files(NEWER)) {
      byte[] whole = Files.readAllBytes(file);
      for (int percent = 0; percent < 100; percent += 5) {
        Files.write(file, Arrays.copyOf(whole, whole.length * percent / 100));
        assertSteppedOver(file, "%s cut to %d %%".formatted(file, percent));
      }
      Files.delete(file);
      assertSteppedOver(file, file + " deleted");
      Files.write(file, whole);
    }
  }

  @Test
  void everyFlippedBit_isNamed_andTheOlderCheckpointTaken() throws IOException {
    checkpoints().save(checkpoint(3, 1), 2);
    checkpoints().save(checkpoint(3, 2), 2);
    Random random = new Random(1);
    // Every file has the same share, for the short ones are where a flip could hide.
    List<Path> files = files(NEWER);
    for (int i = 0; i < 400; i++) {
      Path file = files.get(i % files.size());
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      int bit = random.nextInt(8 * whole.length);
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, flipped);
      assertSteppedOver(file, "%s with bit %d flipped".formatted(file, bit));
      Files.write(file, whole);
    }
    assertSame(checkpoints().newest(damaged -> {}).orElseThrow(), checkpoint(3, 2));
  }

  /** Hadoop's own checksum files are not Convoy's: without them the content is whole. */
  private void assertSteppedOver(Path damagedFile, String damage) throws IOException {
    List<String> damaged = new ArrayList<>();
    Checkpoint newest = checkpoints().newest(damaged::add).orElseThrow();
    if (damagedFile.toString().endsWith(".crc")) {
      assertSame(newest, checkpoint(3, 2));
      assertThat(damaged).as(damage).isEmpty();
    } else {
      assertThat(newest.round()).as(damage).isEqualTo(1);
      assertThat(damaged)
          .as(damage)
          .singleElement()
          .asString()
          .startsWith("Skipping the damaged checkpoint file:" + directory + "/" + NEWER + ": ")
          .hasLineCount(1);
    }
  }

  @Test
  void checkpointUnderAnotherName_isSteppedOver() throws IOException {
    checkpoints().save(checkpoint(3, 1), 2);
    Files.move(directory.resolve("epoch-000003-round-0001"), directory.resolve(NEWER));
    List<String> damaged = new ArrayList<>();

    assertThat(checkpoints().newest(damaged::add)).isEmpty();

    assertThat(damaged).singleElement().asString().endsWith("it is of epoch 3 round 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "99 | it is of format convoy-checkpoint 99, and this Convoy reads convoy-checkpoint 3",
        "3.7 | its formatVersion is 3.7, which is not a whole number"
      })
  void checkpointOfAnotherVersion_isRefused_notTakenForDamaged(String version, String reason)
      throws IOException {
    checkpoints().save(checkpoint(3, 1), 2);
    Path manifest = directory.resolve("epoch-000003-round-0001/checkpoint.json");
    byte[] other =
        Files.readString(manifest)
            .replaceFirst("\"formatVersion\" : [0-9]+", "\"formatVersion\" : " + version)
            .getBytes(StandardCharsets.UTF_8);
    Path sums = manifest.resolveSibling("SHA256SUMS");
    Files.writeString(
        sums,
        Files.readString(sums)
            .replace(FloatVector.sha256(Files.readAllBytes(manifest)), FloatVector.sha256(other)));
    Files.write(manifest, other);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> checkpoints().newest(damaged -> {}))
        .withMessage(
            "Cannot resume from the checkpoint file:%s/epoch-000003-round-0001: %s (resume with the version of Convoy that wrote it, or give --overwrite instead of --resume to start again)",
            directory, reason)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  /** The local file system while nobody holds the blocks of one file. */
  public static final class WithoutBlocks extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("blockless:///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      if (file.getName().equals("parameters.f32")) {
        throw new IOException("Could not obtain block");
      }
      return super.open(file, bufferSize);
    }
  }

  @Test
  void checkpointThatCannotBeReadNow_isRefused_notTakenForDamaged() throws IOException {
    checkpoints().save(checkpoint(3, 1), 2);
    checkpoints().save(checkpoint(3, 2), 2);
    Configuration configuration = new Configuration();
    configuration.set("fs.blockless.impl", WithoutBlocks.class.getName());

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                new Checkpoints(
                        configuration, new org.apache.hadoop.fs.Path("blockless://" + directory))
                    .newest(damaged -> {}))
        .withMessage(
            "Cannot read the checkpoint blockless:%s/%s: IOException, Could not obtain block (check your permissions and that its file system is running; or delete it to resume from the one before)",
            directory, NEWER)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void fileNamedLikeACheckpoint_isNone() throws IOException {
    Files.writeString(directory.resolve(NEWER), "of another program");

    assertThat(checkpoints().newest(damaged -> {})).isEmpty();
  }
}
