package convoy.driver.training;

import convoy.driver.provenance.Versions;
import convoy.worker.model.ModelDescription.Provenance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Collects where a model comes from. */
final class Provenances {
  private Provenances() {}

  static Provenance of(TrainingSetup setup) {
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Versions.all(),
        setup.spec().configuration(),
        ResultSettings.ofModel(setup.settings()),
        setup.source().set().uri(),
        setup.contents().fingerprint(),
        setup.spec().seed(),
        setup.spec().length().epochs());
  }
}
