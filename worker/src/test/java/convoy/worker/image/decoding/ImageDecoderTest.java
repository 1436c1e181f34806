package convoy.worker.image.decoding;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageDecoderTest {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int SIZE = 32 * 32;

  private final ImageDecoder decoder = new ImageDecoder(SHAPE, Fit.STRETCH, 50_000_000);

  @ParameterizedTest
  @CsvSource({"png, 1", "png, 5", "bmp, 5", "bmp, 1"})
  void losslessImageOfTheRightSize_keepsItsVeryBytes(String format, int type) throws Exception {
    BufferedImage image = ImageFiles.noise(32, 32, type);

    byte[] planes = decoder.decode(ImageFiles.encode(image, format));

    assertThat(planes).isEqualTo(planes((x, y) -> image.getRGB(x, y) & 0xffffff));
  }

  @Test
  void pngOfPlanes_decodesToThosePlanes() throws Exception {
    byte[] planes = new byte[SHAPE.pixels()];
    new Random(1).nextBytes(planes);

    assertThat(decoder.decode(ImageFiles.png(planes, 32, 32))).isEqualTo(planes);
  }

  @Test
  void greyImage_becomesThreeChannelsOfTheStoredValue() throws Exception {
    BufferedImage image = ImageFiles.noise(32, 32, BufferedImage.TYPE_BYTE_GRAY);

    byte[] planes = decoder.decode(ImageFiles.encode(image, "png"));

    assertThat(planes).isEqualTo(planes((x, y) -> 0x010101 * image.getRaster().getSample(x, y, 0)));
  }

  @Test
  void sixteenBitGrey_isScaledToEight() throws Exception {
    BufferedImage image = ImageFiles.noise(32, 32, BufferedImage.TYPE_USHORT_GRAY);

    byte[] planes = decoder.decode(ImageFiles.encode(image, "png"));

    assertThat(planes)
        .isEqualTo(
            planes(
                (x, y) ->
                    0x010101 * (int) Math.round(image.getRaster().getSample(x, y, 0) / 257.0)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sixteenBitColour_isScaledToEightAndLaidOnWhite(boolean alpha) throws Exception {
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            alpha,
            false,
            alpha ? ComponentColorModel.TRANSLUCENT : ComponentColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colours.createCompatibleWritableRaster(32, 32);
    ImageFiles.fill(raster, new Random(5));

    byte[] planes =
        decoder.decode(ImageFiles.encode(new BufferedImage(colours, raster, false, null), "png"));

    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < SIZE; i++) {
        double opacity = alpha ? raster.getSample(i % 32, i / 32, 3) / 65535.0 : 1;
        double colour = raster.getSample(i % 32, i / 32, channel) / 257.0;
        double expected = opacity * colour + (1 - opacity) * 255;
        assertThat((double) (planes[channel * SIZE + i] & 0xff)).isCloseTo(expected, within(1.5));
      }
    }
  }

  @Test
  void transparentImage_showsWhiteThrough() throws Exception {
    BufferedImage image = ImageFiles.noise(32, 32, BufferedImage.TYPE_INT_ARGB);

    byte[] planes = decoder.decode(ImageFiles.encode(image, "png"));

    assertThat(planes).isEqualTo(planes((x, y) -> onWhite(image.getRGB(x, y))));
  }

  @Test
  void greyImageWithAlpha_showsWhiteThrough() throws Exception {
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            ComponentColorModel.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster = colours.createCompatibleWritableRaster(32, 32);
    ImageFiles.fill(raster, new Random(6));

    byte[] planes =
        decoder.decode(ImageFiles.encode(new BufferedImage(colours, raster, false, null), "png"));

    assertThat(planes)
        .isEqualTo(
            planes(
                (x, y) ->
                    onWhite(
                        raster.getSample(x, y, 1) << 24 | 0x010101 * raster.getSample(x, y, 0))));
  }

  @ParameterizedTest
  @CsvSource({"png, 12", "png, 13", "gif, 13", "bmp, 12", "bmp, 13"})
  void paletteImage_takesItsColoursFromThePalette(String format, int type) throws Exception {
    BufferedImage image = ImageFiles.noise(32, 32, type);

    byte[] planes = decoder.decode(ImageFiles.encode(image, format));

    assertThat(planes).isEqualTo(planes((x, y) -> image.getRGB(x, y) & 0xffffff));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void greyOfFewBits_coversTheWholeRange(int bits) throws Exception {
    int levels = 1 << bits;
    byte[] ramp = new byte[levels];
    for (int i = 0; i < levels; i++) {
      ramp[i] = (byte) Math.round(i * 255.0 / (levels - 1));
    }
    IndexColorModel palette = new IndexColorModel(bits, levels, ramp, ramp, ramp);
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_BINARY, palette);
    ImageFiles.fill(image.getRaster(), new Random(bits));

    byte[] planes = decoder.decode(ImageFiles.encode(image, "png"));

    assertThat(planes)
        .isEqualTo(
            planes((x, y) -> 0x010101 * (ramp[image.getRaster().getSample(x, y, 0)] & 0xff)));
  }

  @Test
  void transparentPaletteEntry_showsWhiteThrough() throws Exception {
    byte[] zeros = new byte[4];
    IndexColorModel palette = new IndexColorModel(2, 4, zeros, zeros, zeros, 2);
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_BINARY, palette);
    ImageFiles.fill(image.getRaster(), new Random(3));

    for (String format : new String[] {"gif", "png"}) {
      assertThat(decoder.decode(ImageFiles.encode(image, format)))
          .isEqualTo(planes((x, y) -> image.getRaster().getSample(x, y, 0) == 2 ? 0xffffff : 0));
    }
  }

  @Test
  void animation_isItsFirstFrame() throws Exception {
    BufferedImage first = ImageFiles.noise(32, 32, BufferedImage.TYPE_BYTE_INDEXED);
    BufferedImage second = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_INDEXED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      writer.writeToSequence(new IIOImage(first, null, null), null);
      writer.writeToSequence(new IIOImage(second, null, null), null);
      writer.endWriteSequence();
    }

    assertThat(decoder.decode(bytes.toByteArray()))
        .isEqualTo(decoder.decode(ImageFiles.encode(first, "gif")));
  }

  @Test
  void interlacedPng_isTheSamePicture() throws Exception {
    BufferedImage image = ImageFiles.noise(50, 41, BufferedImage.TYPE_INT_RGB);

    assertThat(decoder.decode(progressive(image, "png")))
        .isEqualTo(decoder.decode(ImageFiles.encode(image, "png")));
  }

  @Test
  void progressiveJpeg_isTheSamePicture() throws Exception {
    BufferedImage image = ImageFiles.noise(50, 41, BufferedImage.TYPE_INT_RGB);

    assertThat(decoder.decode(progressive(image, "jpg")))
        .isEqualTo(decoder.decode(ImageFiles.encode(image, "jpg")));
  }

  @Test
  void jpeg_isThePictureThatWentIn() throws Exception {
    byte[] planes = decoder.decode(jpegOfGradient());

    for (int i = 0; i < SIZE; i++) {
      int expected = gradient(i % 32, i / 32);
      for (int channel = 0; channel < 3; channel++) {
        assertThat(planes[channel * SIZE + i] & 0xff)
            .isCloseTo(expected >> (16 - 8 * channel) & 0xff, within(8));
      }
    }
  }

  @Test
  void greyJpeg_becomesThreeEqualChannels() throws Exception {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIZE; i++) {
      image.getRaster().setSample(i % 32, i / 32, 0, 60 + i / 32);
    }

    byte[] planes = decoder.decode(ImageFiles.encode(image, "jpg"));

    for (int i = 0; i < 3 * SIZE; i++) {
      assertThat((int) planes[i]).isCloseTo(60 + i % SIZE / 32, within(2));
    }
  }

  @Test
  void jpegSegmentsThatOnlyDescribe_changeNothing() throws Exception {
    byte[] plain = jpegOfGradient();
    byte[] expected = decoder.decode(plain);
    byte[] withoutJfif = without(plain, 2, 18);
    byte[] brokenProfile = "ICC_PROFILE\0\1\1no profile".getBytes(US_ASCII);
    byte[] brokenExif = "Exif\0\0MM".getBytes(US_ASCII);

    assertThat(plain).startsWith(0xff, 0xd8, 0xff, 0xe0);
    assertThat(decoder.decode(withoutJfif)).isEqualTo(expected);
    assertThat(decoder.decode(withSegment(plain, 0xe2, brokenProfile))).isEqualTo(expected);
    assertThat(decoder.decode(withSegment(plain, 0xe1, brokenExif))).isEqualTo(expected);
    assertThat(decoder.decode(withSegment(withoutJfif, 0xfe, new byte[60_000])))
        .isEqualTo(expected);
    assertThat(decoder.decode(Arrays.copyOf(plain, plain.length + 100))).isEqualTo(expected);
  }

  @Test
  void jpegThatAdobeMarksAsRgb_isNotTransformed() throws Exception {
    byte[] untransformed = withSegment(without(jpegOfGradient(), 2, 18), 0xee, adobe(0));

    byte[] planes = decoder.decode(untransformed);

    int luma = (int) Math.round(0.299 * 20 + 0.587 * 40 + 0.114 * 90);
    assertThat(planes[0] & 0xff).isCloseTo(luma, within(8));
    assertThat(planes[SIZE] & 0xff)
        .isCloseTo((int) Math.round(128 + (90 - luma) / 1.772), within(8));
  }

  /** The expected colours are those that Pillow 9.4 gives for the same two files. */
  @ParameterizedTest
  @CsvSource({"0, 173, 86, 43", "2, 141, 0, 91"})
  void cmykJpeg_isMultipliedToRgb(int transform, int red, int green, int blue) throws Exception {
    WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      inks.setPixel(i % 16, i / 16, new int[] {200, 100, 50, 220});
    }
    byte[] jpeg =
        withSegment(write(new IIOImage(inks, null, null), "jpg", 1f), 0xee, adobe(transform));

    byte[] planes = decoder.decode(jpeg);

    for (int i = 0; i < SIZE; i++) {
      assertThat(planes[i] & 0xff).isCloseTo(red, within(1));
      assertThat(planes[SIZE + i] & 0xff).isCloseTo(green, within(1));
      assertThat(planes[2 * SIZE + i] & 0xff).isCloseTo(blue, within(1));
    }
  }

  @Test
  void jpegOfACameraHeldOnItsSide_isTurnedUpright() throws Exception {
    byte[] stored = decoder.decode(jpegOfGradient());
    byte[] exif =
        ByteBuffer.allocate(40)
            .put("Exif\0\0".getBytes(US_ASCII))
            .put(ExifOrientationTest.tiff(ByteOrder.LITTLE_ENDIAN, 6))
            .array();

    byte[] upright = decoder.decode(withSegment(jpegOfGradient(), 0xe1, exif));

    for (int i = 0; i < SIZE; i++) {
      int row = i / 32;
      int column = i % 32;
      assertThat(upright[column * 32 + 31 - row]).isEqualTo(stored[row * 32 + column]);
    }
  }

  /** The other way: the picture is turned first, and resized as one that needs no turning. */
  @ParameterizedTest
  @EnumSource(Fit.class)
  void turnedPicture_isFitAsTheUprightOneIs(Fit fit) throws Exception {
    byte[] plain = ImageFiles.encode(ImageFiles.noise(50, 37, BufferedImage.TYPE_INT_RGB), "jpeg");
    byte[] stored = new ImageDecoder(new ImageShape(3, 37, 50), fit, 10_000).decode(plain);
    ImageDecoder fitting = new ImageDecoder(new ImageShape(3, 24, 40), fit, 10_000);
    for (int orientation = 1; orientation <= 8; orientation++) {
      boolean transposes = ExifOrientation.transposes(orientation);
      ImageShape shape = new ImageShape(3, transposes ? 50 : 37, transposes ? 37 : 50);
      byte[] upright = ExifOrientation.upright(stored, shape, orientation);
      byte[] exif =
          ByteBuffer.allocate(40)
              .put("Exif\0\0".getBytes(US_ASCII))
              .put(ExifOrientationTest.tiff(ByteOrder.BIG_ENDIAN, orientation))
              .array();

      assertThat(fitting.decode(withSegment(plain, 0xe1, exif)))
          .as("orientation %d", orientation)
          .isEqualTo(fitting.decode(ImageFiles.png(upright, shape.height(), shape.width())));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10000, 1", "1, 10000", "31, 33", "700, 500"})
  void anySize_becomesTheModels(int width, int height) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, 0x8040c0);
    }

    byte[] planes = decoder.decode(ImageFiles.encode(image, "png"));

    assertThat(planes).isEqualTo(planes((x, y) -> 0x8040c0));
  }

  @Test
  void imageOfJustTheAllowedPixels_isDecoded() throws Exception {
    byte[] file = ImageFiles.encode(ImageFiles.noise(40, 30, BufferedImage.TYPE_INT_RGB), "png");

    assertThat(new ImageDecoder(SHAPE, Fit.STRETCH, 1200).decode(file)).hasSize(SHAPE.pixels());
    assertThatThrownBy(() -> new ImageDecoder(SHAPE, Fit.STRETCH, 1199).decode(file))
        .isInstanceOfSatisfying(
            UnreadableImageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessage(
            "the header claims 40 x 30 = 1200 pixels, more than the 1199 allowed"
                + " (see --max-pixels)");
  }

  @Test
  void imageThatMemoryCannotHold_isRefusedAlone() throws Exception {
    byte[] file = BadFiles.pngClaiming(20_000, 20_000, 16, 6);

    UnreadableImageException refused =
        catchThrowableOfType(
            UnreadableImageException.class,
            () -> new ImageDecoder(SHAPE, Fit.STRETCH, 1_000_000_000).decode(file));

    assertThat(refused).isNotNull();
    assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refused).hasMessageContaining("more memory than there is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void damagedFiles_areDecodedOrRefusedAndNeverThrowElse(String format) throws Exception {
    int type = format.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_INT_RGB;
    byte[] whole = ImageFiles.encode(ImageFiles.noise(24, 24, type), format);
    ImageDecoder small = new ImageDecoder(SHAPE, Fit.STRETCH, 1_000_000);
    Random random = new Random(42);
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      byte[] damaged = Arrays.copyOf(whole, whole.length - random.nextInt(2) * random.nextInt(99));
      int reach = i % 2 == 0 ? Math.min(damaged.length, 80) : damaged.length;
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged[random.nextInt(reach)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(small.decode(damaged)).hasSize(SHAPE.pixels());
      } catch (UnreadableImageException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void oneDecoder_servesManyThreads() throws Exception {
    byte[] file = jpegOfGradient();
    byte[] expected = decoder.decode(file);

    boolean same =
        IntStream.range(0, 200)
            .parallel()
            .allMatch(
                i -> {
                  try {
                    return Arrays.equals(decoder.decode(file), expected);
                  } catch (UnreadableImageException e) {
                    return false;
                  }
                });

    assertThat(same).isTrue();
  }

  @Test
  void otherNumberOfChannels_isRefused() {
    assertThatThrownBy(() -> new ImageDecoder(new ImageShape(1, 28, 28), Fit.STRETCH, 1))
        .hasMessage(
            "Cannot decode images to 1x28x28: only three channels, red, green and blue, are"
                + " supported");
  }

  private static int onWhite(int argb) {
    double opacity = (argb >>> 24) / 255.0;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double value = opacity * (argb >> shift & 0xff) + (1 - opacity) * 255;
      rgb |= (int) Math.round(value) << shift;
    }
    return rgb;
  }

  /** Planes {@code [3][32][32]} of a picture given as a colour at (x, y). */
  private static byte[] planes(IntBinaryOperator rgb) {
    byte[] planes = new byte[3 * SIZE];
    for (int i = 0; i < SIZE; i++) {
      int colour = rgb.applyAsInt(i % 32, i / 32);
      planes[i] = (byte) (colour >> 16);
      planes[SIZE + i] = (byte) (colour >> 8);
      planes[2 * SIZE + i] = (byte) colour;
    }
    return planes;
  }

  private static int gradient(int x, int y) {
    return (20 + 5 * x) << 16 | (40 + 5 * y) << 8 | 90;
  }

  private static byte[] jpegOfGradient() throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE; i++) {
      image.setRGB(i % 32, i / 32, gradient(i % 32, i / 32));
    }
    return write(new IIOImage(image, null, null), "jpg", 1f);
  }

  private static byte[] progressive(BufferedImage image, String format) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    return write(new IIOImage(image, null, null), writer, param);
  }

  private static byte[] write(IIOImage image, String format, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(quality);
    return write(image, writer, param);
  }

  private static byte[] write(IIOImage image, ImageWriter writer, ImageWriteParam param)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, image, param);
    }
    return bytes.toByteArray();
  }

  private static byte[] adobe(int transform) {
    byte[] segment = HexFormat.of().parseHex("41646f626500640000000000");
    segment[11] = (byte) transform;
    return segment;
  }

  /** With one more segment, right behind the first marker. */
  private static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    return ByteBuffer.allocate(jpeg.length + 4 + data.length)
        .put(jpeg, 0, 2)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (data.length + 2))
        .put(data)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] without(byte[] bytes, int from, int length) {
    return ByteBuffer.allocate(bytes.length - length)
        .put(bytes, 0, from)
        .put(bytes, from + length, bytes.length - from - length)
        .array();
  }
}
