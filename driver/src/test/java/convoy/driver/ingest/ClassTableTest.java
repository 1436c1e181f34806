package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.image.Split;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassTableTest {
  @Test
  void table_ofManyClasses_showsTheFirstAndHowManyMoreThereAre() {
    List<String> names = IntStream.range(0, 1_200).mapToObj(i -> "class " + i).toList();

    String table =
        ClassTable.of(names, Map.of(Split.TRAINING, Collections.nCopies(1_200, 12_345L)));

    assertThat(table.lines()).hasSize(22);
    assertThat(table)
        .startsWith("  class       training\n  class 0       12,345\n")
        .endsWith("  class 19      12,345\n  and 1,180 more classes\n");
  }

  @Test
  void name_withALineEnd_staysOnItsLine() {
    String table = ClassTable.of(List.of("a\nb"), Map.of(Split.TEST, List.of(1L)));

    assertThat(table).isEqualTo("  class        test\n  a?b             1\n");
  }
}
