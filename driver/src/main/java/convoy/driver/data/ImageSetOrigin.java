package convoy.driver.data;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an image set comes from.
 *
 * @param from what was read, as the user named it
 * @param kind what it was, such as {@code folders}
 * @param settings that decided what became of it, by key
 * @param importedAt when it was made, ISO 8601, UTC
 * @param versions of Convoy and of what it ran on, by name
 * @param read pictures that were found
 * @param copies pictures that were in it before, byte for byte
 * @param rejected pictures that could not be read
 */
public record ImageSetOrigin(
    String from,
    String kind,
    Map<String, String> settings,
    String importedAt,
    Map<String, String> versions,
    long read,
    long copies,
    long rejected)
    implements Serializable {
  /** The origin of a set that has no record of it. */
  public static final ImageSetOrigin UNKNOWN =
      new ImageSetOrigin("", "", Map.of(), "", Map.of(), 0, 0, 0);

  /** Copies the maps; what is null is taken as not known. */
  public ImageSetOrigin {
    from = from == null ? "" : from;
    kind = kind == null ? "" : kind;
    settings = copy(settings);
    importedAt = importedAt == null ? "" : importedAt;
    versions = copy(versions);
  }

  private static Map<String, String> copy(Map<String, String> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
