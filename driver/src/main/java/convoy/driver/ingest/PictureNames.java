package convoy.driver.ingest;

import java.util.Locale;
import java.util.Set;

/** Which file names promise a picture, also of a format that is not decoded. */
final class PictureNames {
  private static final Set<String> SUFFIXES =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff", "heic", "heif",
          "avif", "jp2", "ppm", "pgm");

  private PictureNames() {}

  /** Whether a name ends like one. */
  static boolean isPicture(String name) {
    return SUFFIXES.contains(suffix(name));
  }

  /** What follows the last dot, in small letters; empty without one. */
  static String suffix(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
