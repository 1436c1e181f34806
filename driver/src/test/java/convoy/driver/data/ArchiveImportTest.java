package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.OutputSpec;
import convoy.worker.image.Split;
import convoy.worker.image.shard.CifarRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveImportTest {
  private static final String FOLDER = "cifar-10-batches-bin/";

  @TempDir Path directory;

  @Test
  void import_ofAnArchive_copiesTheRecordsAndNamesByteForByte() throws IOException {
    DataSetSummary summary = importArchive(SampleArchive.whole().gzip());

    Path set = directory.resolve("set");
    assertThat(set.resolve("data_batch_1.bin")).hasBinaryContent(SampleRecords.of(20));
    assertThat(set.resolve("data_batch_2.bin")).hasBinaryContent(SampleRecords.of(10));
    assertThat(set.resolve("test_batch.bin")).hasBinaryContent(SampleRecords.of(10));
    assertThat(set.resolve("batches.meta.txt"))
        .hasContent(SampleArchive.NAMES.stripTrailing() + "\n");
    assertThat(names(set))
        .containsExactly(
            "batches.meta.txt",
            "data_batch_1.bin",
            "data_batch_2.bin",
            "records.txt",
            "test_batch.bin");
    assertThat(summary)
        .isEqualTo(
            new DataSetSummary(
                set.toUri().toString().replaceFirst("///", "/").replaceFirst("/$", ""),
                SampleArchive.NAMES.lines().limit(10).toList(),
                Map.of(Split.TRAINING, 30L, Split.TEST, 10L),
                40L * CifarRecord.BYTES));
  }

  @Test
  void import_ofTheUnpackedFolder_givesTheSame() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("un packed %41"));
    Files.write(folder.resolve("data_batch_1.bin"), SampleRecords.of(20));
    Files.write(folder.resolve("test_batch.bin"), SampleRecords.of(10));
    Files.write(folder.resolve("._data_batch_1.bin"), new byte[100]);
    Files.writeString(folder.resolve("batches.meta.txt"), SampleArchive.NAMES);

    DataSetSummary summary = run(folder.toString(), false);

    assertThat(summary.images(Split.TRAINING)).isEqualTo(20);
    assertThat(summary.images(Split.TEST)).isEqualTo(10);
    assertThat(names(directory.resolve("set")))
        .containsExactly("batches.meta.txt", "data_batch_1.bin", "records.txt", "test_batch.bin");
  }

  @Test
  void import_whereTheTargetExists_isRefusedAndChangesNothing() throws IOException {
    Path set = Files.createDirectory(directory.resolve("set"));
    Files.writeString(set.resolve("mine"), "precious");

    assertThatThrownBy(() -> importArchive(SampleArchive.whole().gzip()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Cannot write the data set to file:" + set + ": it exists already (")
        .hasMessageContaining("--overwrite");
    assertThat(names(set)).containsExactly("mine");
  }

  @Test
  void import_withOverwrite_replacesTheTarget() throws IOException {
    Path set = Files.createDirectory(directory.resolve("set"));
    Files.writeString(set.resolve("data_batch_9.bin"), "old");
    Path archive = Files.write(directory.resolve("set.tar.gz"), SampleArchive.whole().gzip());

    run(archive.toUri().toString(), true);

    assertThat(names(set)).hasSize(5).doesNotContain("data_batch_9.bin");
    assertThat(names(directory)).containsExactly("set", "set.tar.gz");
  }

  @Test
  void import_withOverwrite_ofADamagedArchive_keepsTheFormerTarget() throws IOException {
    Path set = Files.createDirectory(directory.resolve("set"));
    Files.writeString(set.resolve("former"), "precious");
    Path archive = Files.write(directory.resolve("set.tar.gz"), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> run(archive.toString(), true)).isInstanceOf(UserException.class);

    assertThat(names(set)).containsExactly("former");
    assertThat(names(directory)).containsExactly("set", "set.tar.gz");
  }

  @Test
  void import_ofALabelAboveNine_saysWhereItIs() {
    byte[] records = SampleRecords.of(10);
    records[7 * CifarRecord.BYTES] = 10;
    byte[] archive = SampleArchive.whole().file(FOLDER + "data_batch_2.bin", records).gzip();

    assertRefused(
        archive,
        "set.tar.gz/cifar-10-batches-bin/data_batch_2.bin: at byte 21511 the label is 10 (");
  }

  @Test
  void import_ofAFileThatEndsInsideARecord_saysWhereThatRecordBegins() {
    byte[] records = Arrays.copyOf(SampleRecords.of(10), 9 * CifarRecord.BYTES + 100);
    byte[] archive = SampleArchive.whole().file(FOLDER + "test_batch.bin", records).gzip();

    assertRefused(archive, "test_batch.bin: at byte 27657 it ends after 100 bytes of a record (");
  }

  @Test
  void import_ofAnEmptyFile_isRefused() {
    byte[] archive = SampleArchive.whole().file(FOLDER + "data_batch_1.bin", "").gzip();

    assertRefused(archive, "data_batch_1.bin: the file is empty (");
  }

  @Test
  void import_withoutTestImages_isRefused() {
    assertRefused(
        SampleArchive.whole().without("test_batch.bin").gzip(), "it holds no test images (");
  }

  @Test
  void import_withoutTrainingImages_isRefused() {
    assertRefused(
        SampleArchive.whole().without("1.bin").without("2.bin").gzip(),
        "it holds no training images (");
  }

  @Test
  void import_withoutBinFiles_isRefused() {
    assertRefused(SampleArchive.whole().without(".bin").gzip(), "it holds no .bin files (");
  }

  @Test
  void import_withoutClassNames_isRefused() {
    assertRefused(
        SampleArchive.whole().without("batches.meta.txt").gzip(), "it has no batches.meta.txt (");
  }

  @Test
  void import_ofTwoFilesWithOneName_isRefused() {
    assertRefused(
        SampleArchive.whole().file("other/test_batch.bin", SampleRecords.of(10)).gzip(),
        "it holds two files named test_batch.bin (");
  }

  @Test
  void import_ofATruncatedArchive_isRefusedWhereverItIsCut() {
    byte[] archive = SampleArchive.whole().gzip();

    for (int length :
        new int[] {0, 5, 1_000, archive.length / 2, archive.length - 9, archive.length - 1}) {
      assertRefused(Arrays.copyOf(archive, length), "it is cut short (");
    }
  }

  @Test
  void import_ofAnArchiveWithOneWrongByte_isRefused() {
    byte[] archive = SampleArchive.whole().gzip();
    // The four bytes before the last four are the checksum of the content.
    archive[archive.length - 6] ^= 1;

    assertRefused(archive, "is damaged (Corrupt GZIP trailer)");
  }

  @Test
  void import_ofWhatIsNoGzip_isRefused() {
    assertRefused("not an archive".getBytes(StandardCharsets.UTF_8), "it is no gzip file");
  }

  @Test
  void import_ofAGzipThatIsNoTar_isRefused() throws IOException {
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(noise);
    }

    assertRefused(bytes.toByteArray(), "it is no tar archive or is damaged (");
  }

  @Test
  void import_ofEntriesThatPointOutside_isRefused() {
    for (String path : List.of("../test_batch.bin", "a/../../b.bin", "/etc/x.bin", "..\\x.bin")) {
      assertRefused(
          SampleArchive.whole().file(path, SampleRecords.of(1)).gzip(),
          "its entry \"" + path + "\" points outside the archive (");
    }
  }

  @Test
  void import_ofLinksAndDevices_isRefused() {
    assertRefused(
        SampleArchive.whole().link("a.bin", TarConstants.LF_SYMLINK, "/etc/passwd").gzip(),
        "its entry \"a.bin\" is a link (");
    assertRefused(
        SampleArchive.whole().link("b.bin", TarConstants.LF_LINK, "test_batch.bin").gzip(),
        "its entry \"b.bin\" is a link (");
    assertRefused(
        SampleArchive.whole().link("c.bin", TarConstants.LF_FIFO, "").gzip(),
        "its entry \"c.bin\" is a device (");
  }

  @Test
  void import_ofWhatIsNotThere_isRefused() {
    assertThatThrownBy(() -> run(directory.resolve("missing.tar.gz").toString(), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("missing.tar.gz to ")
        .hasMessageEndingWith(": there is no such file or folder");
  }

  @Test
  void import_fromAnUnknownFileSystem_isRefused() {
    assertThatThrownBy(() -> run("gopher://host/set.tar.gz", false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot reach gopher://host/set.tar.gz: ");
  }

  private DataSetSummary importArchive(byte[] archive) throws IOException {
    Path file = Files.write(directory.resolve("set.tar.gz"), archive);
    return run(file.toString(), false);
  }

  private DataSetSummary run(String source, boolean overwrite) {
    OutputSpec output = new OutputSpec(directory.resolve("set").toUri().toString(), overwrite);
    return new ArchiveImport(new Configuration(), source, output).run();
  }

  /** The import fails with such a message and leaves nothing behind. */
  private void assertRefused(byte[] archive, String message) {
    assertThatThrownBy(() -> importArchive(archive))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(directory.resolve("set.tar.gz").toString())
        .hasMessageContaining(message)
        .extracting(e -> ((UserException) e).exitCode())
        .isEqualTo(ExitCode.INPUT);
    assertThat(names(directory)).containsExactly("set.tar.gz");
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
