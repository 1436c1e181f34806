package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A {@code .tar.gz} read once, front to back, and trusted in nothing: only files and folders under
 * relative names, no links, and whole to the last byte.
 */
final class TarArchive {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final String source;

  /** The archive that messages call {@code source}. */
  TarArchive(String source) {
    this.source = source;
  }

  /** What is done with each file. */
  @FunctionalInterface
  interface FileVisitor {
    /**
     * Takes one file.
     *
     * @param path its relative path in the archive
     * @param content its bytes, to be read before the return
     */
    void visit(String path, InputStream content) throws IOException;
  }

  /**
   * Shows every file to {@code visitor}.
   *
   * @return the MD5 of the archive, in lower-case hexadecimal
   * @throws UserException if it is no tar under gzip, is cut short or damaged, or holds an entry
   *     that is not a plain file or folder
   */
  String read(InputStream in, FileVisitor visitor) throws IOException {
    MessageDigest md5 = md5();
    try (InputStream digested = new DigestInputStream(in, md5);
        InputStream unzipped = new GZIPInputStream(digested, BUFFER_BYTES);
        TarArchiveInputStream tar = new TarArchiveInputStream(unzipped)) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        check(entry);
        if (!entry.isDirectory()) {
          visitor.visit(entry.getName(), tar);
        }
      }
      // The checksum of the gzip stands at its end.
      unzipped.transferTo(OutputStream.nullOutputStream());
      digested.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException e) {
      throw unreadable("it is cut short", e);
    } catch (ZipException e) {
      throw unreadable("it is no gzip file or is damaged (" + e.getMessage() + ")", e);
    }
    return HexFormat.of().formatHex(md5.digest());
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextTarEntry();
    } catch (EOFException | ZipException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable("it is no tar archive or is damaged (" + e.getMessage() + ")", e);
    }
  }

  private void check(TarArchiveEntry entry) {
    String name = entry.getName();
    if (name.startsWith("/")
        || name.contains("\\")
        || Arrays.asList(name.split("/")).contains("..")) {
      throw unreadable("its entry \"%s\" points outside the archive".formatted(name), null);
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      throw unreadable("its entry \"%s\" is a link".formatted(name), null);
    }
    if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
      throw unreadable("its entry \"%s\" is a device".formatted(name), null);
    }
  }

  private UserException unreadable(String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot read %s: %s (expected a .tar.gz such as the official cifar-10-binary.tar.gz; fetch it again)"
            .formatted(source, reason),
        cause);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has MD5", e);
    }
  }
}
