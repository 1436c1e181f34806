package convoy.worker.image.decoding;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.decoding.JpegFile.Colours;
import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Turns the bytes of an image file into pixels of one size: JPEG (baseline and progressive; grey,
 * colour, CMYK), PNG, GIF (the first frame, at its own size) and BMP, told by content and not by
 * name.
 *
 * <p>The image is brought to the target as the {@link Fit} says, averaging areas where it shrinks
 * and interpolating linearly where it grows ({@link Resampling}); one that has the target size
 * keeps its very bytes. The whole file is decoded in any case: whether a file can be read does not
 * depend on the part of it that is shown. Transparent parts show a white background, grey becomes
 * three equal channels, 16 bits become 8, colour profiles and gamma are ignored, and the Exif
 * orientation of a JPEG is applied.
 *
 * <p>The header is read before the picture, so that a small file which claims many pixels costs
 * nothing. Whatever the decoders of the Java platform throw at a damaged file, running out of
 * memory included, concerns that file alone.
 */
public final class ImageDecoder {
  static {
    // Java's imaging would load its window toolkit where a display is named in the environment.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  /** Four samples a pixel, and a Java array holds no more than 2^31 - 1. */
  private static final long MOST_PIXELS = Integer.MAX_VALUE / 4;

  private final ImageShape shape;
  private final Fit fit;
  private final long maxPixels;

  /**
   * A decoder; it holds no state and may be shared by threads.
   *
   * @param shape the size of the result; three channels
   * @param fit how images of another size are brought to it
   * @param maxPixels the most rows x columns that a file may hold; above 536,870,911 no more do
   * @throws IllegalArgumentException for another number of channels
   */
  public ImageDecoder(ImageShape shape, Fit fit, long maxPixels) {
    if (shape.channels() != 3) {
      throw new IllegalArgumentException(
          "Cannot decode images to %s: only three channels, red, green and blue, are supported"
              .formatted(shape));
    }
    this.shape = shape;
    this.fit = fit;
    this.maxPixels = Math.min(maxPixels, MOST_PIXELS);
  }

  /**
   * Decodes and resizes one image.
   *
   * @param file the bytes of the whole file
   * @return planes uint8 {@code [3][H][W]}: red, green, blue, rows from top to bottom
   * @throws UnreadableImageException if the bytes are no image that can be decoded whole
   */
  public byte[] decode(byte[] file) throws UnreadableImageException {
    FileSignature format = FileSignature.of(file);
    try {
      if (format == FileSignature.JPEG) {
        return decodeJpeg(JpegFile.parse(file));
      }
      if (format == FileSignature.PNG) {
        PngFile.verify(file);
      } else if (format == FileSignature.GIF) {
        GifFile.verify(file);
      } else {
        BmpFile.verify(file);
        checkSize(BmpFile.width(file), BmpFile.height(file));
      }
      RgbRows rows = read(format, file, reader -> RgbRows.of(reader.read(0)));
      return Resampling.resize(rows, fit, shape.height(), shape.width());
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw failed(format, file.length, e);
    }
  }

  private byte[] decodeJpeg(JpegFile jpeg) throws IOException, UnreadableImageException {
    Colours colours = jpeg.colours();
    boolean inks = colours == Colours.CMYK || colours == Colours.YCCK;
    RgbRows rows =
        read(
            FileSignature.JPEG,
            jpeg.bare(),
            reader ->
                inks
                    ? new CmykRows(reader.readRaster(0, null), colours == Colours.YCCK)
                    : RgbRows.of(reader.read(0)));
    boolean transposes = ExifOrientation.transposes(jpeg.orientation());
    byte[] stored =
        Resampling.resize(
            rows,
            fit,
            transposes ? shape.width() : shape.height(),
            transposes ? shape.height() : shape.width());
    return ExifOrientation.upright(stored, shape, jpeg.orientation());
  }

  private interface Picture {
    RgbRows read(ImageReader reader) throws IOException;
  }

  private RgbRows read(FileSignature format, byte[] file, Picture picture)
      throws IOException, UnreadableImageException {
    ImageReader reader = platformReader(format).createReaderInstance();
    try {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(new ByteArrayImageInputStream(file), true, true);
      checkSize(reader.getWidth(0), reader.getHeight(0));
      RgbRows rows = picture.read(reader);
      checkWarnings(format, file.length, warnings);
      return rows;
    } finally {
      reader.dispose();
    }
  }

  private void checkSize(int width, int height) throws UnreadableImageException {
    if (width < 1 || height < 1) {
      throw new UnreadableImageException(
          Reason.CORRUPT, "the header claims %d x %d pixels", width, height);
    }
    if ((long) width * height > maxPixels) {
      throw new UnreadableImageException(
          Reason.TOO_LARGE,
          "the header claims %d x %d = %d pixels, more than the %d allowed (see --max-pixels)",
          width,
          height,
          (long) width * height,
          maxPixels);
    }
  }

  /** libjpeg goes on with grey where data are missing or senseless, and only warns. */
  private static void checkWarnings(FileSignature format, int length, List<String> warnings)
      throws UnreadableImageException {
    for (String warning : warnings) {
      String text = warning.toLowerCase(Locale.ROOT);
      boolean truncated = text.contains("premature end");
      boolean harmless = text.contains("extraneous bytes");
      if (truncated || (text.startsWith("corrupt") && !harmless)) {
        throw new UnreadableImageException(
            truncated ? Reason.TRUNCATED : Reason.CORRUPT,
            "the %s decoder could not fill the picture from %d bytes: %s",
            format,
            length,
            warning);
      }
    }
  }

  /** The readers wrap what went wrong, errors too, so the causes tell the reason. */
  private static UnreadableImageException failed(
      FileSignature format, int length, Throwable failure) {
    Reason reason = Reason.CORRUPT;
    String message = failure.getClass().getSimpleName();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return new UnreadableImageException(
            Reason.TOO_LARGE,
            "decoding the %d bytes of %s needs more memory than there is (lower --max-pixels, or"
                + " give the executors more)",
            length,
            format);
      }
      if (cause instanceof EOFException) {
        reason = Reason.TRUNCATED;
      }
      if (cause.getMessage() != null) {
        message = cause.getClass().getSimpleName() + ", " + cause.getMessage();
      }
    }
    return new UnreadableImageException(
        reason, "the %s decoder failed on the %d bytes: %s", format, length, message);
  }

  /** The Java platform's own reader, whatever others are on the class path. */
  private static ImageReaderSpi platformReader(FileSignature format) {
    Iterator<ImageReaderSpi> readers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (readers.hasNext()) {
      ImageReaderSpi reader = readers.next();
      boolean platform = reader.getClass().getModule() == BufferedImage.class.getModule();
      if (platform && List.of(reader.getFormatNames()).contains(format.name())) {
        return reader;
      }
    }
    throw new IllegalStateException("the Java platform has no reader for " + format);
  }
}
