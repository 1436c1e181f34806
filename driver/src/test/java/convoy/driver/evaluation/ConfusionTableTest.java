package convoy.driver.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.evaluation.ConfusionMatrix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
            " class 1       0       4");
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

    assertThat(lines).hasSize(22).first().isEqualTo("the 20 of 100 classes with the lowest recall");
    assertThat(lines.get(1)).endsWith(" images  correct   recall  most often taken for");
    assertThat(lines.get(2)).isEqualTo("class 0       100        0   0.0000  class 1 (99)");
    assertThat(lines.get(9)).startsWith("class 8 ");
    assertThat(lines.get(21)).isEqualTo("class 20      100       20   0.2000  class 21 (79)");
  }

  @Test
  void nameOfThousandsOfLetters_isCut() {
    String table =
        ConfusionTable.of(List.of("a".repeat(5_000), "c\u2028d"), new ConfusionMatrix(2));

    assertThat(table).hasSizeLessThan(2_000).contains("aaa...aaa").contains(" c?d");
  }
}
