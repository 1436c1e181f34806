package convoy.worker.engine;

import convoy.worker.engine.dl4j.Dl4jEngine;
import convoy.worker.engine.onednn.OnednnEngine;

/** Finds an engine by its name. */
public final class Engines {
  private Engines() {}

  /**
   * The engine of that name; {@code auto} is the fastest there is.
   *
   * @throws IllegalArgumentException with the names there are, for any other name
   */
  public static Engine named(String name) {
    return switch (name) {
      case "auto", OnednnEngine.NAME -> new OnednnEngine();
      case Dl4jEngine.NAME -> new Dl4jEngine();
      default ->
          throw new IllegalArgumentException(
              "Cannot run an engine named '%s': there are auto, %s and %s"
                  .formatted(name, OnednnEngine.NAME, Dl4jEngine.NAME));
    };
  }

  /** The version of DL4J, which defines every network whatever engine runs it. */
  public static String dl4jVersion() {
    return Dl4jEngine.version();
  }
}
