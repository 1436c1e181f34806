package convoy.driver.ingest;

import convoy.driver.files.ListedFile;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.UnreadableImageException;
import java.io.IOException;
import java.util.List;

/** Picture files, one a picture, each listed with its class and split. */
final class FilesTask implements PictureTask {
  private static final long serialVersionUID = 1L;

  private final String[] locations;
  private final long[] lengths;
  private final String[] problems;
  private final int[] labels;
  private final byte[] splits;

  FilesTask(List<LabelledFile> files) {
    locations = files.stream().map(file -> file.file().location()).toArray(String[]::new);
    lengths = files.stream().mapToLong(file -> file.file().length()).toArray();
    problems = files.stream().map(file -> file.file().problem()).toArray(String[]::new);
    labels = files.stream().mapToInt(LabelledFile::label).toArray();
    splits = new byte[files.size()];
    for (int i = 0; i < splits.length; i++) {
      splits[i] = (byte) files.get(i).given().ordinal();
    }
  }

  @Override
  public long pictures() {
    return locations.length;
  }

  @Override
  public void read(PictureReading reading, PictureVisitor visitor) throws IOException {
    for (int i = 0; i < locations.length; i++) {
      ListedFile file = new ListedFile(locations[i], lengths[i], problems[i]);
      byte[] content;
      try {
        content = reading.files().read(file);
      } catch (UnreadableImageException e) {
        visitor.reject(file.path(), e);
        continue;
      }
      visitor.visit(new Picture(file.path(), labels[i], Split.values()[splits[i]], content));
    }
  }
}
