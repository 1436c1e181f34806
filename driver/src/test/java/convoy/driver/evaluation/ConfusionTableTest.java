package convoy.driver.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.evaluation.ConfusionMatrix;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfusionTableTest {
  private static List<String> labels(int classes) {
    return IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
  }

  @Test
  void fewClasses_areTheWholeMatrix() {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    matrix.count(0, 1, 3);
    matrix.count(1, 1, 4);

    assertThat(ConfusionTable.of(labels(2), matrix).lines())
        .containsExactly(
            "confusion matrix, row = true class, column = prediction",
            "         class 0 class 1",
            " class 0       0       3",
            " class 1       0       4",
            "most often confused",
            "       3 class 0 taken for class 1");
  }

  @Test
  void nameWithALineBreak_staysOnItsLine() {
    assertThat(ConfusionTable.of(List.of("a\nb", "c"), new ConfusionMatrix(2)).lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("     a?b "));
  }

  @Test
  void manyClasses_areThoseOfTheLowestRecall_withWhatTheyAreTakenFor() {
    ConfusionMatrix matrix = new ConfusionMatrix(100);
    // Class i has i of 100 images right; class 7 has no image at all.
    for (int label = 0; label < 100; label++) {
      if (label != 7) {
        matrix.count(label, label, label);
        matrix.count(label, (label + 1) % 100, 99 - label);
        matrix.count(label, (label + 2) % 100, 1);
      }
    }

    List<String> lines = ConfusionTable.of(labels(100), matrix).lines().toList();

    assertThat(lines).hasSize(33).first().isEqualTo("the 20 of 100 classes with the lowest recall");
    assertThat(lines.get(1)).endsWith(" images  correct   recall  most often taken for");
    assertThat(lines.get(2)).isEqualTo("class 0       100        0   0.0000  class 1 (99)");
    assertThat(lines.get(9)).startsWith("class 8 ");
    assertThat(lines.get(21)).isEqualTo("class 20      100       20   0.2000  class 21 (79)");
    assertThat(lines.get(23)).isEqualTo("      99 class 0 taken for class 1");
  }

  @Test
  void nameOfThousandsOfLetters_isCut() {
    String table =
        ConfusionTable.of(List.of("a".repeat(5_000), "c\u2028d"), new ConfusionMatrix(2));

    assertThat(table).hasSizeLessThan(2_000).contains("aaa. ").contains(" c?d");
  }

  @Test
  void cutNames_headTheirColumnsIfTheyDiffer_andNumbersDoOtherwise() {
    ConfusionMatrix matrix = new ConfusionMatrix(12);
    List<String> differ = IntStream.range(0, 12).mapToObj(i -> i + " long name").toList();
    List<String> same = IntStream.range(0, 12).mapToObj(i -> "long name " + i).toList();

    assertThat(ConfusionTable.of(differ, matrix).lines().toList().get(1))
        .contains(" 0 lon. 1 lon.");
    assertThat(ConfusionTable.of(same, matrix).lines().limit(2))
        .containsExactly(
            "confusion matrix, row = true class, column = prediction in the order of the rows",
            " ".repeat(12)
                + IntStream.rangeClosed(1, 12)
                    .mapToObj("%7d"::formatted)
                    .collect(Collectors.joining()));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 10, 16, 20, 21, 100})
  void noLine_isLongerThanAHundredColumns(int classes) {
    for (int nameLength : new int[] {1, 9, 25, 60, 3_000}) {
      for (long images : new long[] {0, 9, 999, 50_000, 1_300_000}) {
        ConfusionMatrix matrix = new ConfusionMatrix(classes);
        for (int label = 0; label < classes; label++) {
          matrix.count(label, label, images);
          matrix.count(label, (label + 1) % classes, images);
        }
        List<String> names =
            IntStream.range(0, classes).mapToObj(i -> i + "n".repeat(nameLength)).toList();

        assertThat(ConfusionTable.of(names, matrix).lines())
            .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100))
            .noneMatch(line -> line.matches(".*[0-9]{15,}.*"));
      }
    }
  }
}
