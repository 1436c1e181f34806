package convoy.driver.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.LocalSpark;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.monitoring.event.PicturesChosen.ChosenPicture;
import convoy.driver.monitoring.history.RunView;
import convoy.driver.training.TrainingFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();

  @TempDir static Path directory;

  private static TrainingFixture training;

  @BeforeAll
  static void train() throws IOException {
    training = TrainingFixture.small(SPARK, directory);
    training.train("out");
  }

  private static RunView view(String output) {
    return new RunFiles(new Configuration(), directory.resolve(output).toUri().toString()).view();
  }

  @Test
  void finishedRun_isReadBackFromItsFiles() throws IOException {
    RunView run = view("out");

    assertThat(run.state()).isEqualTo("FINISHED");
    assertThat(run.roundsDone()).isEqualTo(4);
    assertThat(run.epochs()).hasSize(2);
    assertThat(run.evaluation().confusions().matrix()).hasSize(10);
    assertThat(run.evaluation().correct())
        .isEqualTo(
            training.metrics("out").stream()
                .filter(line -> line.path("epoch").asInt() == 2 && line.has("testCorrect"))
                .findFirst()
                .orElseThrow()
                .path("testCorrect")
                .asLong());
  }

  @Test
  void pictures_areTestImages_inTheGroupsThatTheyBelongTo() throws IOException {
    List<ChosenPicture> pictures = view("out").pictures();

    assertThat(pictures).isNotEmpty();
    for (ChosenPicture picture : pictures) {
      assertThat(picture.group()).isIn("RIGHT", "WRONG", "UNSURE");
      if (!picture.group().equals("UNSURE")) {
        assertThat(picture.label() == picture.predicted())
            .isEqualTo(picture.group().equals("RIGHT"));
      }
      assertThat(picture.probability()).isBetween(0.1, 1.0);
      byte[] jpeg =
          Base64.getDecoder().decode(picture.image().substring("data:image/jpeg;base64,".length()));
      assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(32);
    }
    // All 21 test images are unsure or not, but only the 12 least sure are shown.
    assertThat(pictures.stream().filter(picture -> picture.group().equals("UNSURE"))).hasSize(12);
  }

  @Test
  void reportOfAModel_isBesideIt_andLoadsNothing() throws IOException {
    assertThat(Files.readString(directory.resolve("out/model/report.html")))
        .contains("resnet-8")
        .contains("\"state\":\"FINISHED\"")
        .doesNotContain("src=\"http")
        .doesNotContain("href=\"http");
  }

  @Test
  void runThatWasKilled_isReportedAsFarAsItCame() throws IOException {
    Path killed = Files.createDirectory(directory.resolve("killed"));
    List<String> lines = Files.readAllLines(directory.resolve("out/metrics.jsonl"));
    Files.write(killed.resolve("metrics.jsonl"), lines.subList(0, 3));

    assertThat(view("killed").state()).isEqualTo(RunView.RUNNING);
    assertThat(view("killed").roundsDone()).isEqualTo(2);
  }

  @Test
  void directoryWithoutRun_isRefused() throws IOException {
    Files.createDirectory(directory.resolve("none"));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> view("none"))
        .withMessageContaining("there is no metrics.jsonl in it")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void file_thatIsNoReport_isNotReplaced() throws IOException {
    Path thesis = directory.resolve("thesis.html");
    Files.writeString(thesis, "<!DOCTYPE html>\n<html>");
    Path report = directory.resolve("report.html");
    new ReportFile(new Configuration(), report.toString())
        .write(RunReport.of(List.of(view("out"))));
    new ReportFile(new Configuration(), report.toString())
        .write(RunReport.of(List.of(view("out"), view("out"))));

    assertThat(report).content().contains("2 training runs");
    for (Path other : List.of(thesis, directory)) {
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(() -> new ReportFile(new Configuration(), other.toString()))
          .withMessage(
              "Cannot write the report to file:%s: what is there is no report (choose another --output)",
              other);
    }
    assertThat(thesis).hasContent("<!DOCTYPE html>\n<html>");
  }
}
