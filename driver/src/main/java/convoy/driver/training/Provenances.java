package convoy.driver.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.provenance.Versions;
import convoy.worker.model.ModelDescription.Provenance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Collects where a model comes from. */
final class Provenances {
  private Provenances() {}

  static Provenance of(ConvoyConfig config, TrainingSetup setup) {
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Versions.all(),
        new ObjectMapper().convertValue(config, new TypeReference<Map<String, Object>>() {}),
        setup.settings(),
        setup.source().set().uri(),
        setup.contents().fingerprint(),
        config.training().seed(),
        config.training().epochs());
  }
}
