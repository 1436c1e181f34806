package convoy.worker.engine.catalog;

import convoy.worker.engine.Device;
import convoy.worker.engine.Engine;
import convoy.worker.engine.dl4j.Dl4jEngine;
import convoy.worker.engine.onednn.OnednnEngine;
import java.util.List;

/** The engines there are: the one place that names them. */
public final class Engines {
  /** The fastest first; the reference last. */
  private static final List<Engine> ALL = List.of(new OnednnEngine(), new Dl4jEngine());

  private Engines() {}

  /** Their names, the fastest first. */
  public static List<String> names() {
    return ALL.stream().map(Engine::name).toList();
  }

  /**
   * The engine of that name.
   *
   * @throws IllegalArgumentException with the names there are, for any other name
   */
  public static Engine named(String name) {
    return ALL.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot run an engine named '%s': there are %s"
                        .formatted(name, String.join(" and ", names()))));
  }

  /** Those that compute on such a device, the fastest first. The last runs every network. */
  public static List<Engine> on(Device device) {
    return ALL.stream().filter(engine -> engine.devices().contains(device)).toList();
  }

  /** The engine that defines what the others compute, and that runs everything. */
  public static Engine reference() {
    return ALL.get(ALL.size() - 1);
  }

  /**
   * Makes this thread compute on the GPU at {@code address}, from 0, whatever engine it will use.
   * Call it before any network is opened.
   */
  public static void pin(int address) {
    ALL.forEach(engine -> engine.pin(address));
  }
}
