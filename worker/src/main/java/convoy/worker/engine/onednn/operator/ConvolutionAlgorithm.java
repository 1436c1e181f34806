package convoy.worker.engine.onednn.operator;

import org.bytedeco.dnnl.global.dnnl.algorithm;

/**
 * Which algorithm a convolution takes. oneDNN chooses well ({@code convolution_auto}) but for the
 * cases below, which were measured layer by layer (src/docs/lab/kernels.md). The choice depends on
 * the shapes alone, so that every host makes the same one.
 *
 * @param channelsIn of the input
 * @param smallestSide of the output map, in pixels
 * @param window kernel and stride
 */
record ConvolutionAlgorithm(long channelsIn, long smallestSide, Window window) {
  /** One block of channels: fewer are filled up to it for Winograd's algorithm. */
  private static final int BLOCK = 16;

  /** Winograd's algorithm computes tiles of 4x4 pixels; this map fills a quarter of one. */
  private static final int SMALL_MAP = 2;

  /** From here on multiplications outweigh Winograd's transformations. */
  private static final int WINOGRAD_CHANNELS = 64;

  /** For the result, and for the gradient with respect to the input, in training. */
  algorithm training() {
    return channelsIn <= BLOCK || smallestSide <= SMALL_MAP
        ? algorithm.convolution_direct
        : algorithm.convolution_auto;
  }

  /** For the gradient with respect to the weights. */
  algorithm weights() {
    return channelsIn < BLOCK ? algorithm.convolution_direct : algorithm.convolution_auto;
  }

  /**
   * For the result in inference: oneDNN then prefers the direct algorithm throughout. Where the
   * processor has no Winograd convolution, take {@code convolution_auto}.
   */
  algorithm inference() {
    Window.Extent three = new Window.Extent(3, 3);
    Window.Extent one = new Window.Extent(1, 1);
    boolean winograd =
        channelsIn >= WINOGRAD_CHANNELS
            && window.kernel().equals(three)
            && window.stride().equals(one);
    return winograd ? algorithm.convolution_winograd : algorithm.convolution_auto;
  }
}
