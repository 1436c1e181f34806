package convoy.driver.ingest.picture;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What file names promise: a picture, also of a format that is not decoded; an archive; a table.
 */
public final class FileNames {
  private static final Set<String> PICTURES =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff", "heic", "heif",
          "avif", "jp2", "ppm", "pgm");

  private static final Set<String> TABLES = Set.of("csv", "json", "jsonl", "ndjson", "parquet");
  private static final Pattern ARCHIVE = Pattern.compile("(?is).*[.](tar|tar[.]gz|tgz)");

  private FileNames() {}

  /** Whether a name ends like that of a picture. */
  public static boolean isPicture(String name) {
    return PICTURES.contains(suffix(name));
  }

  /** Whether a name is that of a tar archive, under gzip or not. */
  public static boolean isArchive(String name) {
    return ARCHIVE.matcher(name).matches();
  }

  /** Whether a name is that of a table. */
  public static boolean isTable(String name) {
    return TABLES.contains(suffix(name));
  }

  /** What follows the last dot, in small letters; empty without one. */
  public static String suffix(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
