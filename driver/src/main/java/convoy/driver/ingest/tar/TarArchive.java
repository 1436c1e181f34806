package convoy.driver.ingest.tar;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tar, under gzip or not, read once from front to back, and trusted in nothing: only files and
 * folders under relative names, no links, and whole to the last byte.
 */
public final class TarArchive {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int BLOCK_BYTES = TarConstants.DEFAULT_RCDSIZE;
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final String CUT_SHORT = "it is cut short";

  private final String source;

  /** The archive that messages call {@code source}. */
  public TarArchive(String source) {
    this.source = source;
  }

  /** What is done with each file. */
  @FunctionalInterface
  public interface FileVisitor {
    /**
     * Takes one file.
     *
     * @param path its relative path in the archive
     * @param content its bytes, to be read before the return
     * @return whether to go on; if not, the rest is neither read nor checked
     */
    boolean visit(String path, InputStream content) throws IOException;
  }

  /**
   * Shows every file to {@code visitor}, until it wants no more.
   *
   * @param in closed by the caller
   * @throws UserException if it is no tar, is cut short or damaged, or holds an entry that is not a
   *     plain file or folder
   */
  public void read(InputStream in, FileVisitor visitor) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    try {
      TrailingZeros unzipped = new TrailingZeros(unzipped(buffered));
      TarArchiveInputStream tar = new TarArchiveInputStream(unzipped);
      long end = 0;
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        check(entry);
        if (!entry.isDirectory() && !visitor.visit(entry.getName(), tar)) {
          return;
        }
        tar.transferTo(OutputStream.nullOutputStream());
        end = wholeBlocks(unzipped.position());
      }
      // The checksum of the gzip stands at its end.
      unzipped.transferTo(OutputStream.nullOutputStream());
      // Zeros of the last file's content do not end an archive.
      if (Math.min(unzipped.zeros(), unzipped.position() - end) < BLOCK_BYTES) {
        throw unreadable(CUT_SHORT, null);
      }
    } catch (EOFException e) {
      throw unreadable(CUT_SHORT, e);
    } catch (ZipException e) {
      throw unreadable("its gzip is damaged (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      if (isTruncation(e)) {
        throw unreadable(CUT_SHORT, e);
      }
      throw e;
    }
  }

  private static InputStream unzipped(BufferedInputStream in) throws IOException {
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(in, BUFFER_BYTES) : in;
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextTarEntry();
    } catch (EOFException | ZipException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      if (isTruncation(e)) {
        throw unreadable(CUT_SHORT, e);
      }
      throw unreadable(
          "it is not a tar archive, or it is damaged ("
              + Shown.name(String.valueOf(e.getMessage()))
              + ")",
          e);
    }
  }

  /** Whether the reader of tars met the end of its input, for which it has no type of exception. */
  private static boolean isTruncation(Exception e) {
    return String.valueOf(e.getMessage()).contains("Truncated TAR archive");
  }

  private static long wholeBlocks(long bytes) {
    return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  }

  private void check(TarArchiveEntry entry) {
    String name = entry.getName();
    if (name.startsWith("/")
        || name.contains("\\")
        || Arrays.asList(name.split("/")).contains("..")) {
      throw unreadable(
          "its entry \"%s\" points outside the archive".formatted(Shown.path(name)), null);
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      throw unreadable("its entry \"%s\" is a link".formatted(Shown.path(name)), null);
    }
    if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
      throw unreadable("its entry \"%s\" is a device".formatted(Shown.path(name)), null);
    }
  }

  private UserException unreadable(String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot import %s: %s (give a complete .tar or .tar.gz; download or create it again)"
            .formatted(Shown.path(source), reason),
        cause);
  }
}
