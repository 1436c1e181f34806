package convoy.bench.jmh;

import convoy.worker.image.Fit;
import convoy.worker.image.decoding.ImageDecoder;
import convoy.worker.image.decoding.UnreadableImageException;
import convoy.worker.image.synthesis.SyntheticImages;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds to decode one image file to 32x32 pixels. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodingBenchmark {
  private static final int SHAPES = 40;

  /** The file's format. */
  @Param({"jpeg", "png"})
  public String format;

  /** Width and height of the picture in the file. */
  @Param({"32", "500"})
  public int side;

  private final ImageDecoder decoder =
      new ImageDecoder(SyntheticImages.SHAPE, Fit.CROP, 50_000_000);
  private byte[] file;

  /** Paints a picture that compresses about as a photograph does: slopes, edges, some noise. */
  @Setup
  public void paint() throws IOException {
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    Graphics2D graphics = picture.createGraphics();
    for (int i = 0; i < SHAPES; i++) {
      Color from = new Color(random.nextInt(1 << 24));
      Color to = new Color(random.nextInt(1 << 24));
      graphics.setPaint(new GradientPaint(0, random.nextInt(side), from, side, side, to));
      int size = 1 + random.nextInt(side);
      graphics.fillOval(
          random.nextInt(side) - size / 2, random.nextInt(side) - size / 2, size, size);
    }
    graphics.dispose();
    for (int i = 0; i < side * side; i++) {
      int pixel = picture.getRGB(i % side, i / side);
      picture.setRGB(i % side, i / side, pixel ^ random.nextInt(8) * 0x010101);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, format, bytes);
    file = bytes.toByteArray();
  }

  /** The file's bytes to planes of bytes. */
  @Benchmark
  public byte[] decode() throws UnreadableImageException {
    return decoder.decode(file);
  }
}
