package convoy.driver.prediction;

import convoy.driver.files.FileReader;
import convoy.driver.files.ListedFile;
import convoy.worker.image.decoding.ImageDecoder;
import convoy.worker.image.decoding.UnreadableImageException;
import convoy.worker.prediction.Classification;
import convoy.worker.prediction.Classifier;
import convoy.worker.prediction.Prediction;
import convoy.worker.prediction.Prediction.Classified;
import convoy.worker.prediction.Prediction.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * The predictions of files, in their order, made a batch at a time when they are asked for: no more
 * than one batch of decoded images and one file's bytes are in memory.
 */
final class ClassifyingIterator implements Iterator<Prediction> {
  private final Iterator<ListedFile> files;
  private final FileReader reader;
  private final ImageDecoder decoder;
  private final Classifier classifier;
  private final int batchSize;
  private final TaskReport report;
  private final Queue<Prediction> made = new ArrayDeque<>();

  ClassifyingIterator(
      Iterator<ListedFile> files,
      FileReader reader,
      ImageDecoder decoder,
      Classifier classifier,
      int batchSize,
      TaskReport report) {
    this.files = files;
    this.reader = reader;
    this.decoder = decoder;
    this.classifier = classifier;
    this.batchSize = batchSize;
    this.report = report;
  }

  @Override
  public boolean hasNext() {
    return !made.isEmpty() || files.hasNext();
  }

  @Override
  public Prediction next() {
    if (made.isEmpty()) {
      if (!files.hasNext()) {
        throw new NoSuchElementException("all files are classified");
      }
      makeBatch();
    }
    return made.remove();
  }

  private void makeBatch() {
    List<ListedFile> batch = new ArrayList<>();
    while (batch.size() < batchSize && files.hasNext()) {
      batch.add(files.next());
    }
    Prediction[] predictions = new Prediction[batch.size()];
    List<byte[]> images = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < predictions.length; i++) {
      try {
        images.add(decoder.decode(reader.read(batch.get(i))));
        places.add(i);
      } catch (UnreadableImageException e) {
        Unreadable unreadable = Unreadable.of(batch.get(i).path(), e);
        report.add(unreadable);
        predictions[i] = unreadable;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    List<Classification> classifications = classifier.classify(images);
    for (int i = 0; i < images.size(); i++) {
      int place = places.get(i);
      Classified classified = new Classified(batch.get(place).path(), classifications.get(i));
      report.add(classified, images.get(i));
      predictions[place] = classified;
    }
    report.reportFiles();
    made.addAll(List.of(predictions));
  }
}
