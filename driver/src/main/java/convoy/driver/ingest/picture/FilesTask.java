package convoy.driver.ingest.picture;

import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Picture files, one a picture, each listed with its class and split. */
final class FilesTask implements PictureTask {
  private static final long serialVersionUID = 1L;

  private final ArrayList<LabelledFile> files;

  FilesTask(List<LabelledFile> files) {
    this.files = new ArrayList<>(files);
  }

  @Override
  public long pictures() {
    return files.size();
  }

  @Override
  public Stream<String> locations() {
    return files.stream().map(file -> file.file().location());
  }

  @Override
  public void read(PictureReading reading, PictureVisitor visitor) throws IOException {
    for (LabelledFile file : files) {
      Picture picture = new Picture(file.file().path(), file.label(), file.given());
      byte[] content;
      try {
        content = reading.files().read(file.file());
      } catch (UnreadableImageException e) {
        visitor.reject(picture, e);
        continue;
      }
      visitor.visit(picture, content);
    }
  }
}
