package convoy.driver.ingest.cifar;

import convoy.driver.data.export.PngEncoder;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.picture.PictureReading;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.PictureVisitor;
import convoy.driver.ingest.tar.TarArchive;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.ImageDecoder;
import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;
import java.io.InputStream;

/**
 * One file of CIFAR-10 or CIFAR-100, in a folder or in an archive, which is then read up to the end
 * of that file.
 */
final class CifarTask implements PictureTask {
  private static final long serialVersionUID = 1L;

  private final String location;
  private final String entry;
  private final CifarLayout layout;
  private final Split given;
  private final long records;

  /**
   * A file.
   *
   * @param location of the file or the archive
   * @param entry its path in the archive; empty if the file itself lies at the location
   */
  CifarTask(String location, String entry, CifarLayout layout, Split given, long records) {
    this.location = location;
    this.entry = entry;
    this.layout = layout;
    this.given = given;
    this.records = records;
  }

  @Override
  public long pictures() {
    return records;
  }

  @Override
  public void read(PictureReading reading, PictureVisitor visitor) throws IOException {
    String path = FileListing.path(location);
    try (InputStream in = FileListing.open(reading.configuration(), location)) {
      if (entry.isEmpty()) {
        new CifarRecords(layout, path).read(in, given, visitor);
      } else {
        new TarArchive(path)
            .read(
                in,
                (name, content) -> {
                  boolean mine = name.equals(entry);
                  if (mine) {
                    new CifarRecords(layout, path + "/" + name).read(content, given, visitor);
                  }
                  return !mine;
                });
      }
    }
  }

  @Override
  public byte[] pixels(byte[] content, ImageShape shape, ImageDecoder decoder)
      throws IOException, UnreadableImageException {
    return shape.equals(CifarLayout.SHAPE)
        ? content
        : decoder.decode(new PngEncoder(CifarLayout.SHAPE).encode(content));
  }
}
