package convoy.driver.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.driver.files.FileReader;
import convoy.driver.files.ListedFile;
import convoy.driver.files.LocalFiles;
import convoy.driver.files.OtherFileSystem;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.image.Fit;
import convoy.worker.image.decoding.ImageDecoder;
import convoy.worker.image.decoding.ImageFiles;
import convoy.worker.image.decoding.UnreadableImageException.Reason;
import convoy.worker.prediction.Classifier;
import convoy.worker.prediction.Prediction;
import convoy.worker.prediction.Prediction.Classified;
import convoy.worker.prediction.Prediction.Unreadable;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassifyingIteratorTest {
  private static final int BATCH = 4;
  private static Classifier classifier;

  @TempDir Path directory;

  @BeforeAll
  static void open() {
    classifier = new Classifier(TinyModel.create(), TinyModel.ENGINE, BATCH, 1, TestTimeFlip.OFF);
  }

  @AfterAll
  static void close() {
    classifier.close();
  }

  @Test
  void predictions_comeInTheOrderOfTheFilesGoodAndBad() throws Exception {
    List<ListedFile> files = files(11);
    Files.delete(directory.resolve("5"));
    Files.writeString(directory.resolve("8"), "text");

    List<Prediction> predictions = new ArrayList<>();
    iterator(files.iterator()).forEachRemaining(predictions::add);

    assertThat(predictions)
        .extracting(Prediction::path)
        .isEqualTo(files.stream().map(ListedFile::path).toList());
    for (int i = 0; i < 11; i++) {
      if (i == 5 || i == 8) {
        assertThat(predictions.get(i))
            .isInstanceOfSatisfying(
                Unreadable.class,
                unreadable ->
                    assertThat(unreadable.reason()).isIn(Reason.READ_FAILED, Reason.NOT_AN_IMAGE));
      } else {
        byte[] planes = TinyModel.picture(i);
        assertThat(predictions.get(i))
            .isInstanceOfSatisfying(
                Classified.class,
                classified ->
                    assertThat(classified.classification().label())
                        .isEqualTo(classifier.classify(List.of(planes)).get(0).label()));
      }
    }
  }

  @Test
  void files_areTakenABatchAtATimeAndNotBefore() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    Iterator<ListedFile> files =
        files(10).stream().peek(file -> taken.incrementAndGet()).iterator();

    ClassifyingIterator predictions = iterator(files);

    assertThat(predictions.hasNext()).isTrue();
    assertThat(taken.get()).isLessThanOrEqualTo(1);
    predictions.next();
    assertThat(taken.get()).isEqualTo(BATCH);
    for (int i = 1; i < BATCH; i++) {
      predictions.next();
    }
    assertThat(taken.get()).isEqualTo(BATCH);
  }

  @Test
  void end_isTheEnd() {
    ClassifyingIterator predictions = iterator(List.<ListedFile>of().iterator());

    assertThat(predictions.hasNext()).isFalse();
    assertThatThrownBy(predictions::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void fileSystemOutOfReach_endsTheTask() throws Exception {
    files(1);
    OtherFileSystem.refuse(1);

    ClassifyingIterator predictions =
        iterator(List.of(ListedFile.of("other:" + directory + "/0", 1)).iterator());

    assertThatThrownBy(predictions::next)
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(ConnectException.class);
  }

  private List<ListedFile> files(int count) throws Exception {
    List<ListedFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = directory.resolve("" + i);
      Files.write(file, ImageFiles.png(TinyModel.picture(i), 32, 32));
      files.add(ListedFile.of(LocalFiles.location(file), Files.size(file)));
    }
    return files;
  }

  private static ClassifyingIterator iterator(Iterator<ListedFile> files) {
    return new ClassifyingIterator(
        files,
        new FileReader(OtherFileSystem.configuration(), 1_000_000),
        new ImageDecoder(TinyModel.create().inputShape(), Fit.STRETCH, 1_000_000),
        classifier,
        BATCH,
        new TaskReport(
            new TaskReports(
                new SumAccumulator<>(FileCount.NONE), new SumAccumulator<>(Examples.NONE)),
            TinyModel.create().inputShape(),
            Set.of()));
  }
}
