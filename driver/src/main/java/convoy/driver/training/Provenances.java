package convoy.driver.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.Versions;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetInspection;
import convoy.worker.model.ModelDescription.Provenance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Collects where a model comes from. */
final class Provenances {
  private Provenances() {}

  static Provenance of(ConvoyConfig config, ImageSet set, ImageSetInspection inspection) {
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Versions.all(),
        new ObjectMapper().convertValue(config, new TypeReference<Map<String, Object>>() {}),
        set.uri(),
        inspection.fingerprint(),
        config.training().seed(),
        config.training().epochs());
  }
}
