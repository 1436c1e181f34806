package convoy.driver.cli;

import java.util.Optional;
import org.apache.spark.package$;

/** The versions that {@code --version} prints: what a bug report should name. */
final class Versions {
  private Versions() {}

  /** Convoy's version, from the jar it was loaded from, then those of what it runs on. */
  static String[] lines() {
    String convoy =
        Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {
      "convoy " + convoy, "Spark " + package$.MODULE$.SPARK_VERSION(), "Java " + Runtime.version(),
    };
  }
}
