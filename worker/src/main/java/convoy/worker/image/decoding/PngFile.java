package convoy.worker.image.decoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (ISO/IEC 15948, section 5): an 8-byte signature, then chunks of a 4-byte
 * length, a 4-byte type, the data and a CRC-32 over type and data, up to the chunk IEND. ImageIO
 * looks at no checksum, so a damaged file would pass for another picture.
 */
final class PngFile {
  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int FRAME_BYTES = 12;

  private PngFile() {}

  /**
   * Checks that the file is whole: every critical chunk with its right checksum, to the end chunk.
   * Optional chunks may be damaged, as no pixel depends on them; bytes behind the end are ignored.
   */
  static void verify(byte[] file) throws UnreadableImageException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < Long.BYTES) {
      throw truncated(file.length, "inside its signature");
    }
    if (bytes.getLong() != SIGNATURE) {
      throw new UnreadableImageException(
          Reason.CORRUPT,
          "the PNG signature is damaged, as by a transfer in text mode: %016x instead of %016x",
          bytes.getLong(0),
          SIGNATURE);
    }
    String type = "";
    boolean data = false;
    while (!type.equals("IEND")) {
      int start = bytes.position();
      if (bytes.remaining() < FRAME_BYTES) {
        throw truncated(file.length, "before its end chunk");
      }
      long length = Integer.toUnsignedLong(bytes.getInt());
      type = new String(file, bytes.position(), 4, ISO_8859_1);
      if (length > file.length - (long) start - FRAME_BYTES) {
        throw truncated(
            file.length,
            "inside the chunk at byte " + start + ", which claims " + length + " bytes");
      }
      int checked = 4 + (int) length;
      CRC32 crc = new CRC32();
      crc.update(file, bytes.position(), checked);
      bytes.position(bytes.position() + checked);
      int stored = bytes.getInt();
      boolean critical = Character.isUpperCase(type.charAt(0));
      if (critical && stored != (int) crc.getValue()) {
        throw new UnreadableImageException(
            Reason.CORRUPT,
            "the PNG chunk at byte %d has checksum %08x, but its bytes give %08x",
            start,
            stored,
            (int) crc.getValue());
      }
      data |= type.equals("IDAT");
    }
    if (!data) {
      throw new UnreadableImageException(
          Reason.CORRUPT, "the PNG file of %d bytes has no chunk of image data", file.length);
    }
  }

  private static UnreadableImageException truncated(int length, String where) {
    return new UnreadableImageException(
        Reason.TRUNCATED, "the PNG file ends after %d bytes, %s", length, where);
  }
}
