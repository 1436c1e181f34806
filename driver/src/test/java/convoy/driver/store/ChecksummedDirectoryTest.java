package convoy.driver.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import convoy.worker.model.FloatVector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksummedDirectoryTest {
  private static final byte[] LONG = new byte[200_000];
  @TempDir Path directory;

  @BeforeEach
  void writeTwoFiles() throws IOException {
    Map<String, ChecksummedDirectory.Writer> content = new LinkedHashMap<>();
    content.put("notes.json", out -> out.write("{}".getBytes(UTF_8)));
    content.put("long.f32", out -> out.write(LONG));
    ChecksummedDirectory.write(
        AtomicDirectory.files(new Configuration(), hadoop()), hadoop(), content);
  }

  private org.apache.hadoop.fs.Path hadoop() {
    return new org.apache.hadoop.fs.Path(directory.toUri());
  }

  private ChecksummedDirectory open() throws IOException {
    return ChecksummedDirectory.open(new Configuration(), hadoop());
  }

  @Test
  void sums_haveTheFormOfSha256sum() {
    assertThat(directory.resolve("SHA256SUMS"))
        .hasContent(
            "%s  notes.json\n%s  long.f32\n"
                .formatted(FloatVector.sha256("{}".getBytes(UTF_8)), FloatVector.sha256(LONG)));
  }

  @Test
  void sums_mayBeMany() throws IOException {
    String sum = FloatVector.sha256(LONG);
    Files.writeString(
        directory.resolve("SHA256SUMS"),
        IntStream.range(0, 10_000)
            .mapToObj(i -> "%s  file-%d.f32\n".formatted(sum, i))
            .collect(Collectors.joining()));

    assertThat(open()).isNotNull();
  }

  @Test
  void files_readBackAsTheyWereWritten() throws IOException {
    assertThat(open().text("notes.json")).isEqualTo("{}");
    assertThat(open().<byte[]>read("long.f32", LONG.length, InputStream::readAllBytes))
        .isEqualTo(LONG);
  }

  @Test
  void sumCoversTheWholeFile_evenIfItsReaderStopsEarly() throws IOException {
    byte[] bytes = LONG.clone();
    bytes[LONG.length - 1] = 1;
    Files.write(directory.resolve("long.f32"), bytes);

    assertThatIOException()
        .isThrownBy(() -> open().<Integer>read("long.f32", LONG.length, InputStream::read))
        .withMessage(
            "the SHA-256 of long.f32 is %s, not %s",
            FloatVector.sha256(bytes), FloatVector.sha256(LONG));
  }

  @Test
  void fileOfAnotherLength_isRefusedBeforeItsReaderTakesMemoryForIt() {
    assertThatIOException()
        .isThrownBy(
            () ->
                open()
                    .read(
                        "long.f32",
                        8_000_000_000L,
                        in -> {
                          throw new AssertionError("read");
                        }))
        .withMessage("long.f32 has 200000 bytes, not 8000000000");
  }

  @Test
  void textThatHasGrownOverEveryBound_isRefusedUnread() throws IOException {
    try (var file = new java.io.RandomAccessFile(directory.resolve("notes.json").toFile(), "rw")) {
      // A sparse file: it takes no room on the disk.
      file.setLength(20_000_000_000L);
    }

    assertThatIOException()
        .isThrownBy(() -> open().text("notes.json"))
        .withMessage("notes.json has 20000000000 bytes, more than the 67108864 that it can need");
  }

  @Test
  void fileWithoutASum_isRefused() throws IOException {
    Files.writeString(directory.resolve("other.f32"), "unknown");

    assertThatIOException()
        .isThrownBy(() -> open().text("other.f32"))
        .withMessage("SHA256SUMS has no sum of other.f32");
  }

  @Test
  void listCutInAnyPlace_isRefusedOrLacksItsLastFile() throws IOException {
    byte[] sums = Files.readAllBytes(directory.resolve("SHA256SUMS"));
    for (int length = 0; length < sums.length; length++) {
      Files.write(directory.resolve("SHA256SUMS"), java.util.Arrays.copyOf(sums, length));

      assertThatIOException()
          .as("%d bytes", length)
          .isThrownBy(() -> open().read("long.f32", LONG.length, InputStream::readAllBytes));
    }
  }
}
