package convoy.worker.image.decoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Files that cannot be decoded, one of each kind, made from nothing and the same each time. For
 * tests of everything that meets strangers' directories.
 */
public final class BadFiles {
  /** A file, and the reason with which it must be refused where 100 million pixels are allowed. */
  public static final class BadFile {
    private final String name;
    private final Reason reason;
    private final byte[] bytes;

    private BadFile(String name, Reason reason, byte[] bytes) {
      this.name = name;
      this.reason = reason;
      this.bytes = bytes;
    }

    /** The file's name. */
    public String name() {
      return name;
    }

    /** Why it cannot be read. */
    public Reason reason() {
      return reason;
    }

    /** The content. */
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final List<BadFile> files = new ArrayList<>();

  private BadFiles() {}

  /** All of them, with names that are all different. */
  public static List<BadFile> all() {
    BadFiles bad = new BadFiles();
    try {
      bad.noImages();
      bad.otherFormats();
      bad.png();
      bad.jpeg();
      bad.gif();
      bad.bmp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(bad.files);
  }

  /** Writes all of them into an existing directory. */
  public static List<BadFile> writeTo(Path directory) throws IOException {
    List<BadFile> all = all();
    for (BadFile file : all) {
      Files.write(directory.resolve(file.name()), file.bytes());
    }
    return all;
  }

  /** A whole PNG file whose header claims that size, over next to no data. */
  static byte[] pngClaiming(int width, int height, int bits, int colourType) throws IOException {
    return png(header(width, height, bits, colourType), rows(9));
  }

  private void noImages() throws IOException {
    add("empty.png", Reason.EMPTY, new byte[0]);
    add("one-byte.jpg", Reason.NOT_AN_IMAGE, new byte[] {(byte) 0xff});
    add("text.png", Reason.NOT_AN_IMAGE, "This is no image.\n".getBytes(UTF_8));
    add("begins-like-bmp.bmp", Reason.NOT_AN_IMAGE, "BM is how a bitmap starts".getBytes(UTF_8));
    add("page.jpg", Reason.NOT_AN_IMAGE, "<!doctype html><html>404</html>".getBytes(UTF_8));
    add("document.png", Reason.NOT_AN_IMAGE, "%PDF-1.7\n%\u00e2\u00e3".getBytes(ISO_8859_1));
    add("archive.png", Reason.NOT_AN_IMAGE, zip());
    add("zeros.png", Reason.NOT_AN_IMAGE, new byte[4096]);
    add("noise.jpg", Reason.NOT_AN_IMAGE, noise(4096));
  }

  private void otherFormats() {
    add("drawing.svg", Reason.UNSUPPORTED_FORMAT, "<?xml version='1.0'?><svg/>".getBytes(UTF_8));
    add("photo.webp", Reason.UNSUPPORTED_FORMAT, latin("RIFF\20\0\0\0WEBPVP8 "));
    add("scan.tiff", Reason.UNSUPPORTED_FORMAT, latin("II*\0\b\0\0\0\0\0"));
    add("scan-big-endian.tiff", Reason.UNSUPPORTED_FORMAT, latin("MM\0*\0\0\0\b\0\0"));
    add("icon.ico", Reason.UNSUPPORTED_FORMAT, latin("\0\0\1\0\1\0\20\20"));
    add("phone.heic", Reason.UNSUPPORTED_FORMAT, latin("\0\0\0\30ftypheic\0\0\0\0"));
    add("film.jp2", Reason.UNSUPPORTED_FORMAT, latin("\0\0\0\fjP  \r\n\u0087\n"));
    add("layers.psd", Reason.UNSUPPORTED_FORMAT, latin("8BPS\0\1"));
  }

  private void png() throws IOException {
    byte[] whole = ImageFiles.encode(ImageFiles.noise(40, 30, BufferedImage.TYPE_INT_RGB), "png");
    add("signature-only.png", Reason.TRUNCATED, Arrays.copyOf(whole, 8));
    add("half-signature.png", Reason.TRUNCATED, Arrays.copyOf(whole, 5));
    add("header-only.png", Reason.TRUNCATED, Arrays.copyOf(whole, 33));
    add("truncated.png", Reason.TRUNCATED, Arrays.copyOf(whole, whole.length / 2));
    add("last-byte-lost.png", Reason.TRUNCATED, Arrays.copyOf(whole, whole.length - 1));
    add("bit-flipped.png", Reason.CORRUPT, flipped(whole, whole.length / 2));
    add("header-flipped.png", Reason.CORRUPT, flipped(whole, 19));
    add("text-mode-transfer.png", Reason.CORRUPT, withoutCarriageReturns(whole));
    add("no-width.png", Reason.CORRUPT, png(header(0, 30, 8, 2), rows(1)));
    add("no-height.png", Reason.CORRUPT, png(header(40, 0, 8, 2), rows(1)));
    add("negative-width.png", Reason.CORRUPT, png(header(-40, 30, 8, 2), rows(1)));
    add("seven-bits.png", Reason.CORRUPT, png(header(4, 4, 7, 2), rows(64)));
    add("no-data.png", Reason.CORRUPT, png(header(40, 30, 8, 2), new byte[0]));
    add("data-no-zlib.png", Reason.CORRUPT, png(header(40, 30, 8, 2), noise(500)));
    add("rows-missing.png", Reason.TRUNCATED, png(header(40, 30, 8, 2), rows(121 * 10)));
    add("no-palette.png", Reason.CORRUPT, png(header(4, 4, 8, 3), rows(20)));
    add("claims-60000x60000.png", Reason.TOO_LARGE, pngClaiming(60_000, 60_000, 8, 2));
    add("claims-2-to-the-31.png", Reason.TOO_LARGE, pngClaiming(~0 >>> 1, ~0 >>> 1, 1, 0));
    add("bomb.png", Reason.TOO_LARGE, png(header(20_000, 20_000, 1, 0), rows(2501 * 20_000)));
  }

  private void jpeg() throws IOException {
    byte[] whole = ImageFiles.encode(ImageFiles.noise(160, 120, BufferedImage.TYPE_INT_RGB), "jpg");
    int frame = indexOf(whole, 0xc0);
    int scan = indexOf(whole, 0xda);
    add("marker-only.jpg", Reason.TRUNCATED, Arrays.copyOf(whole, 3));
    add("header-only.jpg", Reason.TRUNCATED, Arrays.copyOf(whole, scan));
    add("half-header.jpg", Reason.TRUNCATED, Arrays.copyOf(whole, frame + 5));
    add("scan-without-data.jpg", Reason.TRUNCATED, Arrays.copyOf(whole, scan + 14));
    add("truncated.jpg", Reason.TRUNCATED, Arrays.copyOf(whole, whole.length / 2));
    add("truncated-late.jpg", Reason.TRUNCATED, Arrays.copyOf(whole, whole.length - 200));
    add("no-picture.jpg", Reason.TRUNCATED, latin("\u00ff\u00d8\u00ff\u00d9"));
    add("overwritten.jpg", Reason.CORRUPT, overwritten(whole, scan + 1000, 600));
    add("header-overwritten.jpg", Reason.CORRUPT, overwritten(whole, 25, 300));
    add("no-height.jpg", Reason.CORRUPT, withShort(whole, frame + 4, 0));
    add(
        "claims-65500x65500.jpg",
        Reason.TOO_LARGE,
        withShort(withShort(whole, frame + 4, 65_500), frame + 6, 65_500));
    add("twelve-bits.jpg", Reason.UNSUPPORTED_FORMAT, withByte(whole, frame + 3, 12));
    add("lossless.jpg", Reason.UNSUPPORTED_FORMAT, withByte(whole, frame, 0xc3));
    add("two-components.jpg", Reason.UNSUPPORTED_FORMAT, withByte(whole, frame + 8, 2));
  }

  private void gif() throws IOException {
    byte[] whole =
        ImageFiles.encode(ImageFiles.noise(40, 30, BufferedImage.TYPE_BYTE_INDEXED), "gif");
    add("header-only.gif", Reason.TRUNCATED, latin("GIF89a"));
    add("truncated.gif", Reason.TRUNCATED, Arrays.copyOf(whole, whole.length / 2));
    add("no-frames.gif", Reason.CORRUPT, latin("GIF89a\1\0\1\0\0\0\0;"));
    add(
        "claims-60000x60000.gif",
        Reason.TOO_LARGE,
        latin("GIF89a\1\0\1\0\0\0\0,\0\0\0\0`\u00ea`\u00ea\0\2\2D\1\0;"));
  }

  private void bmp() throws IOException {
    byte[] whole = ImageFiles.encode(ImageFiles.noise(40, 30, BufferedImage.TYPE_INT_RGB), "bmp");
    add("half-header.bmp", Reason.TRUNCATED, Arrays.copyOf(whole, 20));
    add("header-only.bmp", Reason.TRUNCATED, Arrays.copyOf(whole, 54));
    add("truncated.bmp", Reason.TRUNCATED, Arrays.copyOf(whole, whole.length / 2));
    add("no-width.bmp", Reason.CORRUPT, withInt(whole, 18, 0));
    add(
        "claims-60000x60000.bmp",
        Reason.TOO_LARGE,
        withInt(withInt(whole, 18, 60_000), 22, 60_000));
    add("png-inside.bmp", Reason.UNSUPPORTED_FORMAT, withInt(whole, 30, 5));
    add("eleven-bits.bmp", Reason.CORRUPT, withByte(whole, 28, 11));
  }

  private void add(String name, Reason reason, byte[] bytes) {
    files.add(new BadFile(name, reason, bytes));
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[0] = 0x55;
    return bytes;
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("cat.png"));
      zip.write(ImageFiles.encode(ImageFiles.noise(4, 4, BufferedImage.TYPE_INT_RGB), "png"));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] flipped(byte[] whole, int position) {
    return withByte(whole, position, whole[position] ^ 0x10);
  }

  private static byte[] overwritten(byte[] whole, int from, int length) {
    byte[] changed = whole.clone();
    System.arraycopy(noise(length), 0, changed, from, length);
    return changed;
  }

  private static byte[] withByte(byte[] whole, int position, int value) {
    byte[] changed = whole.clone();
    changed[position] = (byte) value;
    return changed;
  }

  /** With a big-endian number of two bytes, as in JPEG. */
  private static byte[] withShort(byte[] whole, int position, int value) {
    byte[] changed = whole.clone();
    ByteBuffer.wrap(changed).putShort(position, (short) value);
    return changed;
  }

  /** With a little-endian number of four bytes, as in BMP. */
  private static byte[] withInt(byte[] whole, int position, int value) {
    byte[] changed = whole.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(position, value);
    return changed;
  }

  private static byte[] withoutCarriageReturns(byte[] whole) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    for (byte value : whole) {
      if (value != '\r') {
        kept.write(value);
      }
    }
    return kept.toByteArray();
  }

  /** The place of a JPEG marker's second byte. */
  private static int indexOf(byte[] jpeg, int marker) {
    for (int i = 2; i < jpeg.length; i++) {
      if ((jpeg[i - 1] & 0xff) == 0xff && (jpeg[i] & 0xff) == marker) {
        return i;
      }
    }
    throw new IllegalArgumentException("no marker " + marker);
  }

  private static byte[] header(int width, int height, int bits, int colourType) {
    return ByteBuffer.allocate(13)
        .putInt(width)
        .putInt(height)
        .put((byte) bits)
        .put((byte) colourType)
        .array();
  }

  /** That many zero bytes, deflated. */
  private static byte[] rows(int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 16];
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      for (int left = length; left > 0; left -= zeros.length) {
        deflater.write(zeros, 0, Math.min(left, zeros.length));
      }
    }
    return bytes.toByteArray();
  }

  /** A PNG file with right checksums around whatever is in it. */
  private static byte[] png(byte[] header, byte[] data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(latin("\u0089PNG\r\n\u001a\n"));
    chunk(bytes, "IHDR", header);
    if (data.length > 0) {
      chunk(bytes, "IDAT", data);
    }
    chunk(bytes, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream bytes, String type, byte[] data) {
    byte[] checked = ByteBuffer.allocate(4 + data.length).put(latin(type)).put(data).array();
    CRC32 crc = new CRC32();
    crc.update(checked);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    bytes.writeBytes(checked);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
