package convoy.driver.ingest.tar;

import convoy.driver.files.FileListing;
import convoy.driver.ingest.picture.Picture;
import convoy.driver.ingest.picture.PictureReading;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.PictureVisitor;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;

/** A tar archive in WebDataset's layout. */
final class TarTask implements PictureTask {
  private static final long serialVersionUID = 1L;

  private final String location;
  private final Split given;
  private final long pictures;

  /** The archive at a location, all of one split. */
  TarTask(String location, Split given, long pictures) {
    this.location = location;
    this.given = given;
    this.pictures = pictures;
  }

  @Override
  public long pictures() {
    return pictures;
  }

  @Override
  public void read(PictureReading reading, PictureVisitor visitor) throws IOException {
    try (InputStream in = FileListing.open(reading.configuration(), location)) {
      TarSamples.read(
          FileListing.path(location),
          in,
          content -> reading.files().read(content),
          new TarSamples.Visitor() {
            @Override
            public void visit(String path, String suffix, String label, byte[] content)
                throws IOException {
              visitor.visit(picture(path, label, reading), content);
            }

            @Override
            public void reject(String path, String label, UnreadableImageException reason)
                throws IOException {
              visitor.reject(picture(path, label, reading), reason);
            }
          });
    }
  }

  private Picture picture(String path, String label, PictureReading reading) {
    return new Picture(path, Collections.binarySearch(reading.classNames(), label), given);
  }
}
