package convoy.driver.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetInspection;
import convoy.worker.model.ModelDescription.Provenance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.api.java.JavaSparkContext;

/** Collects where a model comes from. */
final class Provenances {
  private Provenances() {}

  static Provenance of(
      JavaSparkContext spark, ConvoyConfig config, ImageSet set, ImageSetInspection inspection) {
    Map<String, String> versions = new TreeMap<>();
    versions.put(
        "convoy",
        Optional.ofNullable(Provenances.class.getPackage().getImplementationVersion())
            .orElse("not packaged"));
    versions.put("spark", spark.version());
    versions.put("hadoop", VersionInfo.getVersion());
    versions.put("java", Runtime.version().toString());
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        versions,
        new ObjectMapper().convertValue(config, new TypeReference<Map<String, Object>>() {}),
        set.uri(),
        inspection.fingerprint(),
        config.training().seed(),
        config.training().epochs());
  }
}
