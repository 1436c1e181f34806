package convoy.worker.image.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MotifTest {
  private static final double SIZE = 10;

  /** The area of each shape of size 10 in square pixels, and the share that a texture covers. */
  private static final Map<Motif, Double> SHAPES =
      Map.of(
          Motif.DISC, Math.PI * 100,
          Motif.RING, Math.PI * (100 - 5.2 * 5.2),
          Motif.SQUARE, 18.0 * 18.0,
          Motif.CROSS, 2 * 20 * 5.6 - 5.6 * 5.6,
          Motif.TRIANGLE, 0.75 * Math.sqrt(3) * 100);

  private static final Map<Motif, Double> TEXTURES =
      Map.of(
          Motif.HORIZONTAL_STRIPES, 0.5,
          Motif.VERTICAL_STRIPES, 0.5,
          Motif.DIAGONAL_STRIPES, 0.5,
          Motif.CHECKERBOARD, 0.5,
          Motif.DOTS, Math.PI * 0.3 * 0.3);

  @Test
  void shape_hasTheAreaOfItsFigure() {
    SHAPES.forEach(
        (motif, area) ->
            assertThat(covered(motif, 30) * 60 * 60)
                .as(motif.className())
                .isCloseTo(area, within(2.0)));
  }

  @Test
  void texture_coversItsShareOfThePlane() {
    TEXTURES.forEach(
        (motif, share) ->
            assertThat(covered(motif, 10 * SIZE * Math.sqrt(2)))
                .as(motif.className())
                .isCloseTo(share, within(0.01)));
  }

  @Test
  void distance_neverChangesFasterThanTheWay() {
    Random random = new Random(3);
    for (Motif motif : Motif.values()) {
      for (int i = 0; i < 10_000; i++) {
        double x = random.nextDouble(-20, 20);
        double y = random.nextDouble(-20, 20);
        double stepX = random.nextDouble(-1, 1);
        double stepY = random.nextDouble(-1, 1);
        double change = motif.distance(x + stepX, y + stepY, SIZE) - motif.distance(x, y, SIZE);
        assertThat(Math.abs(change))
            .as(motif.className())
            .isLessThanOrEqualTo(Math.sqrt(stepX * stepX + stepY * stepY) + 1e-9);
      }
    }
  }

  @Test
  void triangle_standsOnItsBase() {
    assertThat(Motif.TRIANGLE.distance(0, -0.99 * SIZE, SIZE)).isNegative();
    assertThat(Motif.TRIANGLE.distance(0, 0.51 * SIZE, SIZE)).isPositive();
  }

  @Test
  void stripes_runWhereTheirNameSays() {
    for (double way = 0; way < 30; way++) {
      assertThat(Motif.HORIZONTAL_STRIPES.distance(way, 0, SIZE)).isNegative();
      assertThat(Motif.VERTICAL_STRIPES.distance(0, way, SIZE)).isNegative();
      assertThat(Motif.DIAGONAL_STRIPES.distance(way, -way, SIZE)).isNegative();
    }
  }

  /** The share of the square from -{@code half} to {@code half} that is inside the motif. */
  private static double covered(Motif motif, double half) {
    int steps = 1_000;
    int inside = 0;
    for (int row = 0; row < steps; row++) {
      for (int column = 0; column < steps; column++) {
        double x = half * (2 * (column + 0.5) / steps - 1);
        double y = half * (2 * (row + 0.5) / steps - 1);
        inside += motif.distance(x, y, SIZE) < 0 ? 1 : 0;
      }
    }
    return inside / (double) (steps * steps);
  }
}
