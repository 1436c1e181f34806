package convoy.driver.evaluation.disturbance;

import convoy.driver.data.export.PngEncoder;
import convoy.worker.image.ImageShape;
import convoy.worker.image.disturbance.Disturbance;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** A table of a few pictures as the network sees them: clean, and under each kind. */
final class ContactSheet {
  private static final List<Integer> STRENGTHS = List.of(1, 3, 5);

  /** Pixels of a screen for the longer side of a picture. */
  private static final int SIDE = 72;

  private final List<String> labels;
  private final ImageShape shape;
  private final PngEncoder png;
  private final int width;
  private final int height;

  /**
   * A sheet of pictures of {@code shape}.
   *
   * @param labels the class names
   */
  ContactSheet(List<String> labels, ImageShape shape) {
    this.labels = labels;
    this.shape = shape;
    this.png = new PngEncoder(shape);
    int longer = Math.max(shape.height(), shape.width());
    this.width = Math.max(1, SIDE * shape.width() / longer);
    this.height = Math.max(1, SIDE * shape.height() / longer);
  }

  /** The sheet as an element of a page. */
  String of(List<SamplePicture> pictures) throws IOException {
    StringBuilder table = new StringBuilder("<table class=\"sheet\">\n<thead>\n<tr><th></th>");
    for (SamplePicture picture : pictures) {
      table.append(
          "<th scope=\"colgroup\" colspan=\"%d\">%s</th>"
              .formatted(STRENGTHS.size(), Html.escaped(label(picture))));
    }
    table.append("</tr>\n<tr><th scope=\"row\">clean</th>");
    for (SamplePicture picture : pictures) {
      table.append(
          "<td colspan=\"%d\">%s</td>"
              .formatted(STRENGTHS.size(), image(picture.pixels(), label(picture) + " as it is")));
    }
    table.append("</tr>\n<tr><th scope=\"row\">strength</th>");
    for (int i = 0; i < pictures.size(); i++) {
      STRENGTHS.forEach(strength -> table.append("<th>%d</th>".formatted(strength)));
    }
    table.append("</tr>\n</thead>\n<tbody>\n");
    for (Disturbance kind : Disturbance.all()) {
      table.append("<tr><th scope=\"row\">%s</th>".formatted(kind.word()));
      for (SamplePicture picture : pictures) {
        for (int strength : STRENGTHS) {
          table.append("<td>%s</td>".formatted(image(picture, kind, strength)));
        }
      }
      table.append("</tr>\n");
    }
    return table.append("</tbody>\n</table>\n").toString();
  }

  private String label(SamplePicture picture) {
    return labels.get(picture.label());
  }

  private String image(SamplePicture picture, Disturbance kind, int strength) throws IOException {
    return image(
        kind.applyTo(picture.pixels(), shape, strength, DisturbanceJob.SEED, picture.number()),
        "%s, %s of strength %d".formatted(label(picture), kind.word(), strength));
  }

  private String image(byte[] pixels, String description) throws IOException {
    return "<img src=\"data:image/png;base64,%s\" width=\"%d\" height=\"%d\" alt=\"%s\">"
        .formatted(
            Base64.getEncoder().encodeToString(png.encode(pixels)),
            width,
            height,
            Html.escaped(description));
  }
}
