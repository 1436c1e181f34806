package convoy.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.UserException;
import convoy.driver.store.OutputSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputDirectoryTest {
  @TempDir Path parent;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void secondOfTwoCommandsThatWriteAtOnce_failsAndLeavesTheFirstOnesContent(boolean overwrite)
      throws IOException {
    OutputDirectory slow = output(overwrite);
    OutputDirectory fast = output(overwrite);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                slow.publish(
                    files -> {
                      write(files, "early", "slow");
                      fast.publish(ofFast -> write(ofFast, "whole", "fast"));
                      return write(files, "late", "slow");
                    }))
        .withMessage(
            "Cannot write to file:%s/set: another command has just written it (give each command its own --output)",
            parent);

    assertThat(parent.toFile().list()).containsExactly("set");
    assertThat(parent.resolve("set").toFile().list()).containsExactly("whole");
    assertThat(parent.resolve("set/whole")).hasContent("fast");
  }

  @Test
  void failureOfACommand_isItsOwnWhereNoOtherWrites() throws IOException {
    OutputDirectory output = output(false);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                output.publish(
                    files -> {
                      throw new IOException("disk full");
                    }))
        .withMessage("disk full");

    assertThat(parent.toFile().list()).isEmpty();
  }

  private OutputDirectory output(boolean overwrite) throws IOException {
    return new OutputDirectory(
        new Configuration(),
        new OutputSpec("file:" + parent.resolve("set"), overwrite),
        OutputKind.IMAGE_SET);
  }

  private static String write(UnpublishedDirectory files, String name, String text)
      throws IOException {
    try (OutputStream out = files.create(name)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return text;
  }
}
