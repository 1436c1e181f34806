package convoy.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {
  @TempDir Path directory;

  private Claim take(String application) throws IOException {
    return Claim.take(
        new Configuration(), new org.apache.hadoop.fs.Path(directory.toUri()), application);
  }

  @Test
  void whoComesLast_hasIt_andWhoCameBeforeIsToldWhoThatIs() throws IOException {
    Claim first = take("application 1");
    first.require();
    Claim second = take("application 2");

    second.require();
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(first::require)
        .withMessage(
            "Cannot go on writing to file:%s/: application 2 has taken it over from application 1 (give each training run its own --output)",
            directory)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void twoOfOneName_areToldApart() throws IOException {
    Claim first = take("application 1");
    Claim second = take("application 1");

    assertThatExceptionOfType(UserException.class).isThrownBy(first::require);
    first.release();
    second.require();
  }

  @Test
  void whoCameBefore_leavesTheOthersClaimAlone_whenItEnds() throws IOException {
    Claim first = take("application 1");
    Claim second = take("application 2");

    first.release();

    second.require();
  }

  @Test
  void whoCameBefore_staysOut_whenTheLastHasEnded() throws IOException {
    Claim first = take("application 1");
    take("application 2").release();

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(first::require)
        .withMessageContaining("a run that has ended or removed .claim has taken it over");
    assertThat(directory).isEmptyDirectory();
  }
}
