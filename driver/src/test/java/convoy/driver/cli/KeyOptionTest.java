package convoy.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.config.ReferenceConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KeyOptionTest {
  private static final ReferenceConfig REFERENCE = ReferenceConfig.load();

  @ParameterizedTest
  @EnumSource(KeyOption.class)
  void key_existsAndIsRequiredExactlyIfItHasNoDefault(KeyOption option) {
    assertThat(REFERENCE.keys()).contains(option.key());
    String comment = REFERENCE.comment(option.key());
    assertThat(option.isRequired()).isEqualTo(comment.contains("No default:"));
    assertThat(REFERENCE.defaultValue(option.key()).isEmpty())
        .isEqualTo(option.isRequired() || comment.contains("Rule: text. Empty,"));
  }

  @ParameterizedTest
  @EnumSource(KeyOption.class)
  void toSpec_describesItselfInOneSentenceOfTheReference(KeyOption option) {
    String description = String.join(" ", option.toSpec(REFERENCE).description());

    assertThat(description)
        .matches("[A-Z].+[.]( Required[.]| Default: .+)?")
        .doesNotContain("Rule:");
  }
}
