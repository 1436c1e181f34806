package convoy.bench.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Networks of Convoy layer by layer in PyTorch, without the softmax at their end. */
final class Networks {
  private static final int CLASSES = 10;
  private static final int STEM_CHANNELS = 64;
  private static final int WIDEST_CHANNELS = 512;
  private static final int[] VGG_CHANNELS = {64, 128, 256, 512, 512};
  private static final int[] VGG_CONVOLUTIONS = {2, 2, 3, 3, 3};

  private Networks() {}

  /**
   * The network of that name for 3x32x32 images and ten classes.
   *
   * @throws IllegalArgumentException if it is neither {@code resnet-N} nor {@code vgg-16}
   */
  static Layer named(String name, Layers layers) {
    if (name.equals("vgg-16")) {
      return vgg16(layers);
    }
    if (name.matches("resnet-[0-9]+")) {
      return residual(layers, (Integer.parseInt(name.substring("resnet-".length())) - 2) / 6);
    }
    throw new IllegalArgumentException(
        "Cannot build %s in PyTorch: resnet-N and vgg-16 are written".formatted(name));
  }

  /**
   * ResNet-18 for photographs (He et al., "Deep Residual Learning for Image Recognition", 2015,
   * table 1; torchvision's {@code resnet18}): a 7x7 convolution with stride 2, a 3x3 max pool with
   * stride 2, four groups of two basic blocks, the mean of each map. The images have three channels
   * and any size from 32 pixels up.
   */
  static Layer residual18(Layers layers, int classes) {
    Layer network =
        layers
            .convolutionNormalized(3, STEM_CHANNELS, 7, 2)
            .then(torch::relu)
            .then(Networks::stemPooled);
    int channelsIn = STEM_CHANNELS;
    for (int channels = STEM_CHANNELS; channels <= WIDEST_CHANNELS; channels *= 2) {
      network =
          network
              .then(basicBlock(layers, channelsIn, channels))
              .then(basicBlock(layers, channels, channels));
      channelsIn = channels;
    }
    return network.then(maps -> maps.mean(2, 3)).then(layers.dense(channelsIn, classes));
  }

  private static Tensor stemPooled(Tensor maps) {
    return torch.max_pool2d(
        maps, new long[] {3, 3}, new long[] {2, 2}, new long[] {1, 1}, new long[] {1, 1}, false);
  }

  private static Layer residual(Layers layers, int blocksPerGroup) {
    Layer network = layers.convolutionNormalized(3, 16, 3, 1).then(torch::relu);
    int channelsIn = 16;
    for (int channels = 16; channels <= 64; channels *= 2) {
      for (int block = 0; block < blocksPerGroup; block++) {
        network = network.then(basicBlock(layers, channelsIn, channels));
        channelsIn = channels;
      }
    }
    // A pool over 8x8 pixels, not over whatever there is: other strides would not go unnoticed.
    return network
        .then(maps -> torch.avg_pool2d(maps, 8))
        .then(maps -> maps.flatten(1, -1))
        .then(layers.dense(channelsIn, CLASSES));
  }

  private static Layer basicBlock(Layers layers, int channelsIn, int channels) {
    int stride = channelsIn == channels ? 1 : 2;
    Layer convolutions =
        layers
            .convolutionNormalized(channelsIn, channels, 3, stride)
            .then(torch::relu)
            .then(layers.convolutionNormalized(channels, channels, 3, 1));
    Layer shortcut =
        channelsIn == channels
            ? input -> input
            : layers.convolutionNormalized(channelsIn, channels, 1, stride);
    return input -> torch.relu(convolutions.forward(input).add(shortcut.forward(input)));
  }

  private static Layer vgg16(Layers layers) {
    Layer network = images -> images;
    int channelsIn = 3;
    for (int group = 0; group < VGG_CHANNELS.length; group++) {
      int channels = VGG_CHANNELS[group];
      for (int i = 1; i <= VGG_CONVOLUTIONS[group]; i++) {
        network =
            network
                .then(layers.convolutionNormalized(channelsIn, channels, 3, 1))
                .then(torch::relu);
        channelsIn = channels;
        if (i < VGG_CONVOLUTIONS[group]) {
          network = network.then(layers.dropout(group == 0 ? 0.3 : 0.4));
        }
      }
      network = network.then(maps -> torch.max_pool2d(maps, 2));
    }
    return network
        .then(maps -> maps.flatten(1, -1))
        .then(layers.dropout(0.5))
        .then(layers.dense(channelsIn, 512))
        .then(layers.normalized(512))
        .then(torch::relu)
        .then(layers.dropout(0.5))
        .then(layers.dense(512, 512))
        .then(layers.dense(512, CLASSES));
  }
}
