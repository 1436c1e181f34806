package convoy.worker.engine;

import convoy.worker.engine.dl4j.Dl4jEngine;
import convoy.worker.engine.onednn.OnednnEngine;
import convoy.worker.network.NetworkSpec;
import java.util.Optional;

/** Finds engines. */
public final class Engines {
  private Engines() {}

  /**
   * The engine of that name.
   *
   * @throws IllegalArgumentException with the names there are, for any other name
   */
  public static Engine named(String name) {
    return switch (name) {
      case OnednnEngine.NAME -> new OnednnEngine();
      case Dl4jEngine.NAME -> new Dl4jEngine();
      default ->
          throw new IllegalArgumentException(
              "Cannot run an engine named '%s': there are %s and %s"
                  .formatted(name, OnednnEngine.NAME, Dl4jEngine.NAME));
    };
  }

  /** The engine that defines what the others compute, and that runs everything: DL4J's own. */
  public static Engine reference() {
    return new Dl4jEngine();
  }

  /** The fastest engine on this processor, whether or not it can run a given network. */
  public static Engine fastest() {
    return new OnednnEngine();
  }

  /** Why the fastest engine cannot run {@code network}, as a message; empty if it can. */
  public static Optional<String> obstacleToFastest(NetworkSpec network) {
    return OnednnEngine.obstacle(network);
  }

  /** The version of DL4J, which defines every network whatever engine runs it. */
  public static String dl4jVersion() {
    return Dl4jEngine.version();
  }
}
