package convoy.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

final class FailureReportTest {
  private final StringWriter err = new StringWriter();

  @Test
  void print_userMistake_isItsLinesAndItsCode() {
    ExitCode code = print(new UserException(ExitCode.INPUT, "Cannot a: b (c)\nCannot d: e (f)"));

    assertThat(code).isEqualTo(ExitCode.INPUT);
    assertThat(err).hasToString("convoy: Cannot a: b (c)%nconvoy: Cannot d: e (f)%n".formatted());
  }

  @Test
  void print_userMistakeFoundOnAnExecutor_isTheSame() {
    UserException mistake =
        new UserException(ExitCode.DIVERGED, "Cannot train: the loss is NaN (lower the rate)");
    Throwable failure =
        new IllegalStateException(new SparkException("Job aborted", new RuntimeException(mistake)));

    assertThat(print(failure)).isEqualTo(ExitCode.DIVERGED);
    assertThat(err)
        .hasToString("convoy: Cannot train: the loss is NaN (lower the rate)%n".formatted());
  }

  @Test
  void print_anyOtherFailure_isOneLineAndCodeOne() {
    Throwable failure = new OutOfMemoryError("heap\nsecond line");
    failure.setStackTrace(new StackTraceElement[0]);

    assertThat(print(failure)).isEqualTo(ExitCode.INTERNAL);
    assertThat(err)
        .hasToString(
            "convoy: Cannot finish: java.lang.OutOfMemoryError: heap (the log has the stack trace)%n"
                .formatted());
  }

  @Test
  void print_reasonOnALineOfItsOwn_standsOnTheOneLineToo() {
    Throwable failure =
        new SparkException("Job aborted. Most recent failure reason: \nlost: block 1\n\tat line 2");

    assertThat(print(failure)).isEqualTo(ExitCode.INTERNAL);
    assertThat(err)
        .hasToString(
            "convoy: Cannot finish: org.apache.spark.SparkException: Job aborted. Most recent failure reason: lost: block 1 (the log has the stack trace)%n"
                .formatted());
  }

  private ExitCode print(Throwable failure) {
    return FailureReport.print(failure, new PrintWriter(err));
  }
}
