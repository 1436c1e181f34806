package convoy.worker.image.decoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import convoy.worker.image.decoding.UnreadableImageException.Reason;

/**
 * The blocks of a GIF file up to its first picture (GIF89a specification, W3C, 1990). ImageIO draws
 * what there is of a picture whose data end early, without a word.
 */
final class GifFile {
  private static final int SCREEN_BYTES = 13;
  private static final int PICTURE_HEADER_BYTES = 9;
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2c;

  private final byte[] file;
  private int position;

  private GifFile(byte[] file) {
    this.file = file;
  }

  /** Checks that there is a first picture, and that its data run to their end mark. */
  static void verify(byte[] file) throws UnreadableImageException {
    new GifFile(file).readToPicture();
  }

  private void readToPicture() throws UnreadableImageException {
    position = SCREEN_BYTES;
    skip(paletteBytes(byteAt(SCREEN_BYTES - 3)));
    int block = next();
    while (block == EXTENSION) {
      next();
      skipData();
      block = next();
    }
    if (block != PICTURE) {
      throw new UnreadableImageException(
          Reason.CORRUPT, "the GIF file has no picture before byte %d (%02x)", position - 1, block);
    }
    skip(PICTURE_HEADER_BYTES);
    skip(paletteBytes(byteAt(position - 1)));
    next();
    skipData();
  }

  /** The table that a packed field announces: 3 bytes for each of 2 to 256 colours. */
  private static int paletteBytes(int packed) {
    return (packed & 0x80) == 0 ? 0 : 3 << ((packed & 7) + 1);
  }

  /** Data are blocks of 1 to 255 bytes behind their length, and a length of 0. */
  private void skipData() throws UnreadableImageException {
    for (int length = next(); length > 0; length = next()) {
      skip(length);
    }
  }

  private void skip(int length) throws UnreadableImageException {
    position += length;
    byteAt(position - 1);
  }

  private int next() throws UnreadableImageException {
    return byteAt(position++);
  }

  private int byteAt(int index) throws UnreadableImageException {
    if (index >= file.length) {
      throw new UnreadableImageException(
          Reason.TRUNCATED,
          "the %s file ends after %d bytes, before its first picture does",
          new String(file, 0, 6, ISO_8859_1),
          file.length);
    }
    return file[index] & 0xff;
  }
}
