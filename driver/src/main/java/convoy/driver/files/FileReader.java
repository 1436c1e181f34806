package convoy.driver.files;

import convoy.driver.store.Failures;
import convoy.worker.image.decoding.UnreadableImageException;
import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;

/** Reads listed files whole, on an executor, if they are not too long for an image. */
public final class FileReader {
  /** No file needs more: four bytes a pixel, uncompressed, and what describes the picture. */
  private static final int BYTES_PER_PIXEL = 4;

  private static final int DESCRIPTION_BYTES = 1 << 20;
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 64;

  private final Configuration configuration;
  private final long maxPixels;
  private final int maxBytes;

  public FileReader(Configuration configuration, long maxPixels) {
    this.configuration = configuration;
    this.maxPixels = maxPixels;
    this.maxBytes = (int) Math.min(maxPixels * BYTES_PER_PIXEL + DESCRIPTION_BYTES, LONGEST_ARRAY);
  }

  /**
   * The bytes of a file.
   *
   * @throws UnreadableImageException if it is too long, or gone, or may not be read
   * @throws IOException if the file system is out of reach
   */
  public byte[] read(ListedFile file) throws UnreadableImageException, IOException {
    if (!file.problem().isEmpty()) {
      throw new UnreadableImageException(Reason.READ_FAILED, "%s", file.problem());
    }
    requireShort(file.length());
    try (InputStream in = FileListing.open(configuration, file.location())) {
      return read(in);
    } catch (IOException e) {
      Failures.requireOfThisFile(e);
      throw new UnreadableImageException(Reason.READ_FAILED, "%s", Failures.firstLine(e));
    } catch (IllegalArgumentException e) {
      // So the file systems say that no file can have this name.
      throw new UnreadableImageException(Reason.READ_FAILED, "%s", Failures.firstLine(e));
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException(
          Reason.TOO_LARGE, "the file's %d bytes do not fit into memory", file.length());
    }
  }

  /**
   * The bytes that are left in a stream, which its caller closes.
   *
   * @throws UnreadableImageException if they are too many
   */
  public byte[] read(InputStream in) throws UnreadableImageException, IOException {
    byte[] bytes = in.readNBytes(maxBytes + 1);
    requireShort(bytes.length);
    return bytes;
  }

  private void requireShort(long length) throws UnreadableImageException {
    if (length > maxBytes) {
      throw new UnreadableImageException(
          Reason.TOO_LARGE,
          "the file has %d bytes, more than the %d that an image of %d pixels may have (see"
              + " --max-pixels)",
          length,
          maxBytes,
          maxPixels);
    }
  }
}
