package convoy.worker.engine.onednn.operator;

/**
 * The window that a convolution or a pool slides over a map: heights first, then widths.
 *
 * @param kernel its extent, in pixels
 * @param stride pixels from one place to the next
 * @param padding rows and columns added before the first one; ignored if {@code same}
 * @param same whether the padding is chosen so that a stride of 1 keeps the map's size, the odd row
 *     or column coming last (DL4J's {@code ConvolutionMode.Same}); otherwise places that do not fit
 *     are left out (its {@code Truncate})
 */
public record Window(Extent kernel, Extent stride, Extent padding, boolean same) {
  /** A height and a width, in pixels. */
  public record Extent(int height, int width) {
    /** From DL4J's pairs. */
    public static Extent of(int[] heightAndWidth) {
      return new Extent(heightAndWidth[0], heightAndWidth[1]);
    }

    long[] toArray() {
      return new long[] {height, width};
    }
  }

  /** One place that covers a whole map. */
  static Window over(long height, long width) {
    Extent map = new Extent((int) height, (int) width);
    return new Window(map, map, new Extent(0, 0), false);
  }

  /** Height and width of the result on a map of height {@code in[0]} and width {@code in[1]}. */
  long[] outputSize(long[] in) {
    return new long[] {
      outputSize(in[0], kernel.height(), stride.height(), padding.height()),
      outputSize(in[1], kernel.width(), stride.width(), padding.width())
    };
  }

  private long outputSize(long in, long extent, long step, long before) {
    return same ? (in + step - 1) / step : (in + 2 * before - extent) / step + 1;
  }

  /** Rows and columns added before the map. */
  long[] paddingBefore(long[] in) {
    long[] out = outputSize(in);
    return same
        ? new long[] {
          samePadding(in[0], out[0], kernel.height(), stride.height()) / 2,
          samePadding(in[1], out[1], kernel.width(), stride.width()) / 2
        }
        : padding.toArray();
  }

  private static long samePadding(long in, long out, long extent, long step) {
    return Math.max(0, (out - 1) * step + extent - in);
  }

  /** Rows and columns added behind the map; negative where the last ones are not used. */
  long[] paddingAfter(long[] in) {
    long[] out = outputSize(in);
    long[] before = paddingBefore(in);
    return new long[] {
      (out[0] - 1) * stride.height() + kernel.height() - in[0] - before[0],
      (out[1] - 1) * stride.width() + kernel.width() - in[1] - before[1]
    };
  }
}
