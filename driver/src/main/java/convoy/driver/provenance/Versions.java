package convoy.driver.provenance;

import convoy.worker.network.Dl4jRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.package$;

/** The versions of Convoy and of what it runs on: what a bug report and a model should name. */
public final class Versions {
  private Versions() {}

  /** The versions by name, Convoy's first. */
  public static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put(
        "convoy",
        Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
            .orElse("not packaged"));
    versions.put("spark", package$.MODULE$.SPARK_VERSION());
    versions.put("hadoop", VersionInfo.getVersion());
    versions.put("dl4j", Dl4jRuntime.version());
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  /** The same as lines of text, a name and a version each. */
  public static String[] lines() {
    return all().entrySet().stream()
        .map(version -> version.getKey() + " " + version.getValue())
        .toArray(String[]::new);
  }
}
