package convoy.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

class DriverLogTest {
  private static final String RPC = "org.apache.spark.network.server.TransportRequestHandler";

  @Test
  void lateReportOfAnExecutor_isNotLogged_andOtherFailuresAre() {
    try (LoggerContext context = new LoggerContext("driver log")) {
      context.setConfigLocation(Path.of("../conf/log4j2.properties").toUri());
      context.start();
      LoggerConfig logger = context.getConfiguration().getLoggerConfig(RPC);

      assertThat(
              isDropped(logger, "Error while invoking RpcHandler#receive() for one-way message."))
          .isTrue();
      assertThat(isDropped(logger, "Error opening block StreamChunkId[7,1] for request")).isFalse();
    }
  }

  private static boolean isDropped(LoggerConfig logger, String message) {
    return logger.isFiltered(
        Log4jLogEvent.newBuilder()
            .setLoggerName(RPC)
            .setLevel(Level.ERROR)
            .setMessage(new SimpleMessage(message))
            .build());
  }
}
