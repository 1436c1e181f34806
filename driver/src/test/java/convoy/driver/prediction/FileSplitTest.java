package convoy.driver.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.files.ListedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FileSplitTest {
  @Test
  void manySmallFiles_areDealtEvenlyAndInOrder() {
    List<ListedFile> files = files(10_020, 2_500);

    List<FilePartition> partitions = FileSplit.deal(files, 8);

    assertThat(partitions).hasSize(8);
    assertThat(partitions.stream().mapToInt(p -> files(p).size()))
        .allMatch(n -> n == 1252 || n == 1253);
    assertThat(partitions.stream().flatMap(p -> files(p).stream())).isEqualTo(files);
  }

  @Test
  void largeFiles_weighMoreThanSmallOnes() {
    List<ListedFile> files = new ArrayList<>(files(100, 10_000_000));
    files.addAll(files(1_000, 1_000));

    List<FilePartition> partitions = FileSplit.deal(files, 10);

    assertThat(partitions.stream().mapToInt(p -> files(p).size()).limit(9)).allMatch(n -> n <= 11);
    assertThat(partitions.stream().flatMap(p -> files(p).stream())).isEqualTo(files);
  }

  @Test
  void oneHugeFile_isATaskByItself() {
    List<ListedFile> files = new ArrayList<>(files(3, 1_000));
    files.add(1, ListedFile.of("huge", 5_000_000_000_000L));

    List<FilePartition> partitions = FileSplit.deal(files, 4);

    assertThat(partitions.stream().map(p -> files(p).size())).containsExactly(1, 1, 2);
  }

  @Test
  void tasks_areAFewAProcessorAndNeverLessThanABatch() {
    assertThat(FileSplit.tasks(files(10_020, 2_500), 0, 2, 64)).isEqualTo(8);
    assertThat(FileSplit.tasks(files(5, 2_500), 0, 2, 64)).isEqualTo(1);
    assertThat(FileSplit.tasks(files(1, 0), 0, 100, 64)).isEqualTo(1);
    assertThat(FileSplit.tasks(files(65, 2_500), 0, 100, 64)).isEqualTo(2);
  }

  @Test
  void tasks_growWithTheBytesSoThatEachStaysShort() {
    assertThat(FileSplit.tasks(files(1_000, 10 << 20), 0, 2, 64)).isBetween(150, 170);
    assertThat(FileSplit.tasks(files(100_000, 0), 0, 2, 64)).isBetween(20, 30);
  }

  @Test
  void tasks_areAsWantedButNoMoreThanFiles() {
    assertThat(FileSplit.tasks(files(100, 2_500), 7, 2, 64)).isEqualTo(7);
    assertThat(FileSplit.tasks(files(100, 2_500), 700, 2, 64)).isEqualTo(100);
  }

  private static List<ListedFile> files(int count, long length) {
    return IntStream.range(0, count).mapToObj(i -> ListedFile.of("f" + i, length)).toList();
  }

  private static List<ListedFile> files(FilePartition partition) {
    List<ListedFile> files = new ArrayList<>();
    partition.files().forEachRemaining(files::add);
    return files;
  }
}
