package convoy.driver;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps the warnings that Convoy logs during a test. */
public final class LogLines implements BeforeEachCallback, AfterEachCallback {
  private final Logger logger = (Logger) LogManager.getLogger("convoy");
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final AbstractAppender appender =
      new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          if (event.getLevel().equals(Level.WARN)) {
            warnings.add(event.getMessage().getFormattedMessage());
          }
        }
      };

  /** The warnings of the test so far. */
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    warnings.clear();
    appender.start();
    logger.addAppender(appender);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    logger.removeAppender(appender);
    appender.stop();
  }
}
