package convoy.worker.engine.onednn;

/** The oneDNN engine does not know a layer of the network; DL4J's engine does. */
public final class UnsupportedLayerException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnsupportedLayerException(String layer, String what) {
    super(
        "Cannot run layer '%s' with the oneDNN engine: it does not know %s (use the engine dl4j)"
            .formatted(layer, what));
  }
}
