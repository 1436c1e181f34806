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
  void name_thatIsLong_hasItsMiddleLeftOut() {
    for (String character : List.of("x", "\ud83d\udc31")) {
      String longest = "a" + character.repeat(98) + "z";

      assertThat(Shown.name(longest)).isEqualTo(longest);
      assertThat(Shown.name("a" + character.repeat(99) + "z"))
          .isEqualTo("a" + character.repeat(59) + "..." + character.repeat(39) + "z");
    }
  }

  @Test
  void path_showsEachOfItsPartsLikeAName() {
    assertThat(Shown.path("file:/a\nb/" + "x".repeat(101) + "//1.png"))
        .isEqualTo("file:/a?b/" + "x".repeat(60) + "..." + "x".repeat(40) + "//1.png");
  }
}
