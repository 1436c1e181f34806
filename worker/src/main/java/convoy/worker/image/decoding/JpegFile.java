package convoy.worker.image.decoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * The segments in front of a JPEG file's pixels (ITU-T T.81, annex B): what they say of the
 * picture, and the same file without those that only describe it. ImageIO stumbles over many a
 * damaged description, converts colours by embedded profiles, and guesses RGB where a file names no
 * colour space; with one plain header in their place all of that is settled here.
 */
final class JpegFile {
  /** How the colour components are to be read. */
  enum Colours {
    GREY,
    YCBCR,
    RGB,
    CMYK,
    YCCK
  }

  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int COMMENT = 0xfe;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int FRAME_BYTES = 6;

  /** A JFIF segment of version 1.1 without density or thumbnail: the components are Y, Cb, Cr. */
  private static final byte[] JFIF =
      HexFormat.of().parseHex("ffe000104a46494600010100000100010000");

  /** An Adobe segment but for its last byte, the transform: 0 for RGB and CMYK, 2 for YCCK. */
  private static final byte[] ADOBE = HexFormat.of().parseHex("ffee000e41646f6265006400000000");

  private final byte[] file;
  private final ByteArrayOutputStream bare = new ByteArrayOutputStream();
  private boolean jfif;
  private int adobeTransform = -1;
  private int orientation = 1;
  private int frameAt = -1;
  private int components;

  private JpegFile(byte[] file) {
    this.file = file;
  }

  /** Reads the segments up to the first scan. */
  static JpegFile parse(byte[] file) throws UnreadableImageException {
    JpegFile jpeg = new JpegFile(file);
    jpeg.readSegments();
    return jpeg;
  }

  /** The orientation that the Exif segment gives, 1 (upright) to 8; 1 where there is none. */
  int orientation() {
    return orientation;
  }

  /** The number of components and the segments together settle this as in libjpeg. */
  Colours colours() {
    return switch (components) {
      case 1 -> Colours.GREY;
      case 3 -> {
        boolean named = componentId(0) == 'R' && componentId(1) == 'G' && componentId(2) == 'B';
        boolean rgb = !jfif && (adobeTransform == 0 || (adobeTransform < 0 && named));
        yield rgb ? Colours.RGB : Colours.YCBCR;
      }
      default -> adobeTransform == 2 ? Colours.YCCK : Colours.CMYK;
    };
  }

  /** The file without application segments and comments, but for one that names the colours. */
  byte[] bare() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(file.length + JFIF.length);
    whole.write(0xff);
    whole.write(0xd8);
    Colours colours = colours();
    if (colours == Colours.GREY || colours == Colours.YCBCR) {
      whole.writeBytes(JFIF);
    } else {
      whole.writeBytes(ADOBE);
      whole.write(colours == Colours.YCCK ? 2 : 0);
    }
    whole.writeBytes(bare.toByteArray());
    return whole.toByteArray();
  }

  private void readSegments() throws UnreadableImageException {
    int position = 2;
    while (true) {
      int start = position;
      if (unsigned(position) != 0xff) {
        throw new UnreadableImageException(
            Reason.CORRUPT,
            "byte %d of the JPEG file is %02x where a segment has to start with ff",
            position,
            unsigned(position));
      }
      while (unsigned(position) == 0xff) {
        position++;
      }
      int marker = unsigned(position++);
      if (marker == END_OF_IMAGE) {
        throw new UnreadableImageException(
            Reason.TRUNCATED, "the JPEG file has a header of %d bytes and no picture", position);
      }
      int length = unsigned(position) << 8 | unsigned(position + 1);
      int end = position + Math.max(2, length);
      unsigned(end - 1);
      if (marker == START_OF_SCAN) {
        requireFrame();
        bare.write(file, start, file.length - start);
        return;
      }
      readSegment(marker, position + 2, end);
      if (!isDescription(marker)) {
        bare.write(file, start, end - start);
      }
      position = end;
    }
  }

  private static boolean isDescription(int marker) {
    return (marker >= APP0 && marker <= APP15) || marker == COMMENT;
  }

  private void readSegment(int marker, int start, int end) throws UnreadableImageException {
    if (marker == APP0 && startsWith("JFIF\0", start, end)) {
      jfif = true;
    } else if (marker == APP14 && startsWith("Adobe", start, end) && end - start >= 12) {
      adobeTransform = unsigned(start + 11);
    } else if (marker == APP1 && startsWith("Exif\0\0", start, end)) {
      orientation = ExifOrientation.read(file, start + 6, end);
    } else if (isFrame(marker)) {
      readFrame(marker, start, end);
    }
  }

  /** SOF0 to SOF15 begin a frame; DHT, JPG and DAC lie among their codes. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private void readFrame(int marker, int start, int end) throws UnreadableImageException {
    if (end - start < FRAME_BYTES) {
      throw new UnreadableImageException(
          Reason.CORRUPT, "the JPEG frame header has %d bytes", end - start);
    }
    frameAt = start;
    int precision = unsigned(start);
    components = unsigned(start + 5);
    if (marker > 0xc2) {
      throw new UnreadableImageException(
          Reason.UNSUPPORTED_FORMAT,
          "JPEG of the process SOF%d is not decoded (only baseline and progressive are)",
          marker - 0xc0);
    }
    if (precision != 8 || (components != 1 && components != 3 && components != 4)) {
      throw new UnreadableImageException(
          Reason.UNSUPPORTED_FORMAT,
          "JPEG with %d components of %d bits is not decoded (1, 3 or 4 of 8 bits are)",
          components,
          precision);
    }
    if (end - start < FRAME_BYTES + 3 * components) {
      throw new UnreadableImageException(
          Reason.CORRUPT,
          "the JPEG frame header has %d bytes for %d components",
          end - start,
          components);
    }
  }

  private void requireFrame() throws UnreadableImageException {
    if (frameAt < 0) {
      throw new UnreadableImageException(
          Reason.CORRUPT, "the JPEG file has a scan but no frame header in front of it");
    }
  }

  private int componentId(int component) {
    return file[frameAt + FRAME_BYTES + 3 * component] & 0xff;
  }

  private boolean startsWith(String text, int start, int end) {
    return end - start >= text.length()
        && new String(file, start, text.length(), ISO_8859_1).equals(text);
  }

  private int unsigned(int position) throws UnreadableImageException {
    if (position >= file.length) {
      throw new UnreadableImageException(
          Reason.TRUNCATED, "the JPEG file ends after %d bytes, inside its header", file.length);
    }
    return file[position] & 0xff;
  }
}
