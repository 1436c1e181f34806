package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import convoy.driver.data.ImageSource;
import convoy.worker.image.Split;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TarImportTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();

  @TempDir Path directory;

  @Test
  void import_ofArchivesWithNames_isThatOfTheFoldersWithThePictures() {
    Path photos = directory.resolve("photos");
    PictureFiles.fill(photos.resolve("train/cat"), 2, 100);
    PictureFiles.fill(photos.resolve("train/dog"), 2, 200);
    PictureFiles.fill(photos.resolve("test/cat"), 1, 300);
    PictureFiles.fill(photos.resolve("test/dog"), 1, 400);
    Imports.run(SPARK, photos, directory.resolve("expected"), "import.size=8");
    PictureFiles.write(
        directory.resolve("tars/train-0.tar.gz"),
        samples(new SampleArchive(), "cat", 100, 101).gzip());
    PictureFiles.write(
        directory.resolve("tars/train-1.tar"), samples(new SampleArchive(), "dog", 200, 201).tar());
    PictureFiles.write(
        directory.resolve("tars/test-0.tar"),
        samples(samples(new SampleArchive(), "cat", 300), "dog", 400).tar());

    run("tars");

    ImageSource expected = Imports.open(directory.resolve("expected"));
    ImageSource set = Imports.open(directory.resolve("set"));
    assertThat(set.set().classNames()).containsExactly("cat", "dog");
    for (Split split : new Split[] {Split.TRAINING, Split.TEST}) {
      assertThat(Imports.images(set, split)).isEqualTo(Imports.images(expected, split));
    }
  }

  @Test
  void import_ofOneArchiveWithNumbers_divertsAShareAndIgnoresCaptions() {
    SampleArchive archive = new SampleArchive();
    for (int i = 0; i < 60; i++) {
      archive
          .file("x/%03d.json".formatted(i), "{}")
          .file("x/%03d.PNG".formatted(i), PictureFiles.png(i))
          .file("x/%03d.txt".formatted(i), "a caption\nof two lines")
          .file("x/%03d.cls".formatted(i), " " + (i % 2 == 0 ? 10 : 9) + "\n");
    }
    PictureFiles.write(directory.resolve("all.tar"), archive.tar());

    ImportSummary summary = run("all.tar", "import.test-share=0.3");

    assertThat(summary.classNames()).containsExactly("10", "9");
    assertThat(summary.images(Split.TRAINING) + summary.images(Split.TEST)).isEqualTo(60);
  }

  @Test
  void unreadablePicture_costsOnlyItself() {
    SampleArchive archive = new SampleArchive();
    for (int i = 0; i < 60; i++) {
      archive
          .file("%03d.jpg".formatted(i), i == 30 ? new byte[] {1, 2, 3} : PictureFiles.png(i))
          .file("%03d.cls".formatted(i), Integer.toString(i % 2));
    }
    PictureFiles.write(directory.resolve("all.tar.gz"), archive.gzip());

    ImportSummary summary = run("all.tar.gz", "import.test-share=0.3");

    assertThat(summary.rejections().first())
        .startsWith("file:" + directory.resolve("all.tar.gz") + "/030.jpg, NOT_AN_IMAGE: ");
    assertThat(directory.resolve("set/rejected/part-00000.csv"))
        .content()
        .startsWith(
            "\"path\",\"error\"\n\"file:"
                + directory.resolve("all.tar.gz")
                + "/030.jpg\",\"NOT_AN_IMAGE: ");
  }

  private static SampleArchive samples(SampleArchive archive, String label, int... seeds) {
    for (int seed : seeds) {
      archive.file(seed + ".png", PictureFiles.png(seed)).file(seed + ".txt", label);
    }
    return archive;
  }

  private ImportSummary run(String from, String... settings) {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "import.size=8";
    return Imports.run(SPARK, directory.resolve(from), directory.resolve("set"), all);
  }
}
