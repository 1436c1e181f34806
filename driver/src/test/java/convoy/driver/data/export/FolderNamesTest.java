package convoy.driver.data.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.driver.failure.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FolderNamesTest {
  @Test
  void ordinaryNames_stayAsTheyAre_soThatTheyMatchTheLabels() {
    List<String> names = List.of("cat", "fire truck", "T-shirt", "3.5_inch", "Käfer", "猫");

    assertThat(FolderNames.of(names)).isEqualTo(names);
  }

  @Test
  void charactersThatPathsReadOtherwise_becomeUnderscores() {
    assertThat(
            FolderNames.of(List.of("a/b", "..", "../c", "d:e", "f*?", "{g}", "h\\i", "j%2e", ".")))
        .containsExactly("a_b", "_.", "_._c", "d_e", "f__", "_g_", "h_i", "j_2e", "_");
  }

  @Test
  void twoClassesInOneFolder_areRefused() {
    assertThatThrownBy(() -> FolderNames.of(List.of("a/b", "a:b")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot give every class its folder: two class names become \"a_b\" (rename one of"
                + " the classes)");
  }
}
