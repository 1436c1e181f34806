package convoy.worker.image.decoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What a file is, told by its first bytes; its name plays no part. The bytes are those of each
 * format's own specification.
 */
enum FileSignature {
  JPEG,
  PNG,
  GIF,
  BMP;

  /** Bytes at an offset that give a format away. */
  private record Mark(String format, int offset, String bytes) {
    boolean on(byte[] file) {
      return new String(file, 0, Math.min(file.length, offset + bytes.length()), ISO_8859_1)
          .startsWith(bytes, offset);
    }
  }

  private static final List<Mark> IMAGES_NOT_DECODED =
      List.of(
          new Mark("WebP", 8, "WEBP"),
          new Mark("TIFF", 0, "II*\0"),
          new Mark("TIFF", 0, "MM\0*"),
          new Mark("BigTIFF", 0, "II+\0"),
          new Mark("BigTIFF", 0, "MM\0+"),
          new Mark("HEIF or AVIF", 4, "ftyp"),
          new Mark("JPEG 2000", 0, "\0\0\0\fjP  "),
          new Mark("JPEG 2000", 0, "\u00ffO\u00ffQ"),
          new Mark("JPEG XL", 0, "\0\0\0\fJXL "),
          new Mark("JPEG XL", 0, "\u00ff\n"),
          new Mark("Photoshop", 0, "8BPS"),
          new Mark("icon", 0, "\0\0\1\0"),
          new Mark("cursor", 0, "\0\0\2\0"));

  private static final List<Mark> NO_IMAGES =
      List.of(
          new Mark("a ZIP archive", 0, "PK\3\4"),
          new Mark("a gzip archive", 0, "\u001f\u008b"),
          new Mark("a PDF document", 0, "%PDF"),
          new Mark("an executable", 0, "\177ELF"));

  private static final int SHOWN_BYTES = 8;
  private static final int TEXT_SEARCHED = 1024;

  /**
   * The format of a file.
   *
   * @throws UnreadableImageException if it is empty, no image, or an image that is not decoded here
   */
  static FileSignature of(byte[] file) throws UnreadableImageException {
    if (file.length == 0) {
      throw new UnreadableImageException(Reason.EMPTY, "the file has 0 bytes");
    }
    if (new Mark("JPEG", 0, "\u00ff\u00d8\u00ff").on(file)) {
      return JPEG;
    }
    if (new Mark("PNG", 0, "\u0089PNG").on(file)) {
      return PNG;
    }
    if (new Mark("GIF", 0, "GIF87a").on(file) || new Mark("GIF", 0, "GIF89a").on(file)) {
      return GIF;
    }
    if (BmpFile.isBmp(file)) {
      return BMP;
    }
    for (Mark mark : IMAGES_NOT_DECODED) {
      if (mark.on(file)) {
        throw notDecoded(mark.format());
      }
    }
    for (Mark mark : NO_IMAGES) {
      if (mark.on(file)) {
        throw new UnreadableImageException(
            Reason.NOT_AN_IMAGE, "the file is %s of %d bytes", mark.format(), file.length);
      }
    }
    String text =
        new String(file, 0, Math.min(file.length, TEXT_SEARCHED), ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    if (text.contains("<svg")) {
      throw notDecoded("SVG");
    }
    if (text.contains("<html")) {
      throw new UnreadableImageException(
          Reason.NOT_AN_IMAGE, "the file is an HTML page of %d bytes", file.length);
    }
    throw new UnreadableImageException(
        Reason.NOT_AN_IMAGE,
        "no image format starts with the bytes %s (expected JPEG, PNG, GIF or BMP)",
        HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(file.length, SHOWN_BYTES)));
  }

  private static UnreadableImageException notDecoded(String format) {
    return new UnreadableImageException(
        Reason.UNSUPPORTED_FORMAT,
        "%s images are not decoded (convert it to JPEG, PNG, GIF or BMP)",
        format);
  }
}
