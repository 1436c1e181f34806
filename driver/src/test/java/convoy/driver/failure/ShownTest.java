package convoy.driver.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "photos/cat 1.png", "a\"b\\c", "Gr\u00fc\u00dfe \ud83d\udc31"})
  void name_ofOrdinaryCharacters_isItself(String name) {
    assertThat(Shown.name(name)).isEqualTo(name);
  }

  @Test
  void name_withLineEndsAndControlCharacters_isOneLine() {
    assertThat(Shown.name("a\r\nb\tc\u0000d\u001be\u0085f\u2028g\u2029h\u007f"))
        .isEqualTo("a??b?c?d?e?f?g?h?");
  }

  @Test
  void name_thatIsLong_isCutBetweenCharacters() {
    for (String character : List.of("x", "\ud83d\udc31")) {
      String longest = character.repeat(100);

      assertThat(Shown.name(longest)).isEqualTo(longest);
      assertThat(Shown.name(longest + character)).isEqualTo(longest + "...");
    }
  }
}
