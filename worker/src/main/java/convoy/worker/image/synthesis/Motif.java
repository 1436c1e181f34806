package convoy.worker.image.synthesis;

import java.util.Locale;

/**
 * What a synthetic image shows, one constant a class: five shapes with a place, five textures that
 * fill the image.
 *
 * <p>A motif is a signed distance in pixels, negative inside: to the outline of a shape, or to the
 * nearest edge of a texture. Its axes run right and down from the motif's centre. Sizes are those
 * at which a motif is still told from its neighbours by eye on 32 x 32 pixels.
 */
enum Motif {
  DISC(8, 13, 0) {
    @Override
    double distance(double x, double y, double size) {
      return length(x, y) - size;
    }
  },
  RING(8, 13, 0) {
    @Override
    double distance(double x, double y, double size) {
      return Math.abs(length(x, y) - 0.76 * size) - 0.24 * size;
    }
  },
  SQUARE(8, 13, 15) {
    @Override
    double distance(double x, double y, double size) {
      return box(x, y, 0.9 * size, 0.9 * size);
    }
  },
  CROSS(8, 13, 15) {
    @Override
    double distance(double x, double y, double size) {
      return Math.min(box(x, y, size, 0.28 * size), box(x, y, 0.28 * size, size));
    }
  },
  TRIANGLE(9, 14, 15) {
    /** Equilateral, one corner up, the circle through its corners of radius {@code size}. */
    @Override
    double distance(double x, double y, double size) {
      return Math.max(0.5 * Math.sqrt(3) * Math.abs(x) - 0.5 * y, y) - 0.5 * size;
    }
  },
  HORIZONTAL_STRIPES(6, 12, 10) {
    @Override
    double distance(double x, double y, double size) {
      return -wave(y, size);
    }
  },
  VERTICAL_STRIPES(6, 12, 10) {
    @Override
    double distance(double x, double y, double size) {
      return -wave(x, size);
    }
  },
  DIAGONAL_STRIPES(6, 12, 10) {
    @Override
    double distance(double x, double y, double size) {
      return -wave((x + y) / Math.sqrt(2), size);
    }
  },
  CHECKERBOARD(9, 16, 10) {
    @Override
    double distance(double x, double y, double size) {
      double across = wave(x, size);
      double down = wave(y, size);
      double edge = Math.min(Math.abs(across), Math.abs(down));
      return across * down > 0 ? -edge : edge;
    }
  },
  DOTS(7, 12, 10) {
    @Override
    double distance(double x, double y, double size) {
      return length(x - size * Math.rint(x / size), y - size * Math.rint(y / size)) - 0.3 * size;
    }
  };

  private final double smallest;
  private final double largest;
  private final double turn;

  /**
   * A motif.
   *
   * @param smallest least size in pixels: the radius of a shape, the period of a texture
   * @param largest greatest size in pixels
   * @param degrees how far it may be turned to either side and still be itself
   */
  Motif(double smallest, double largest, double degrees) {
    this.smallest = smallest;
    this.largest = largest;
    this.turn = StrictMath.toRadians(degrees);
  }

  /** The signed distance in pixels at (x, y) from the centre of a motif of {@code size}. */
  abstract double distance(double x, double y, double size);

  /** The least size in pixels. */
  double smallest() {
    return smallest;
  }

  /** The greatest size in pixels. */
  double largest() {
    return largest;
  }

  /** The greatest turn to either side, in radians. */
  double turn() {
    return turn;
  }

  /** The name of the class, such as {@code horizontal-stripes}. */
  String className() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static double length(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  private static double box(double x, double y, double halfWidth, double halfHeight) {
    return Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);
  }

  /**
   * A triangle wave with slope 1: a quarter period at multiples of the period, negative between.
   */
  private static double wave(double position, double period) {
    return 0.25 * period - Math.abs(position - period * Math.rint(position / period));
  }
}
