package convoy.worker.engine.onednn;

import convoy.worker.engine.onednn.operator.Affine;
import convoy.worker.engine.onednn.operator.BatchNormalization;
import convoy.worker.engine.onednn.operator.Convolution;
import convoy.worker.engine.onednn.operator.Dense;
import convoy.worker.engine.onednn.operator.Dropout;
import convoy.worker.engine.onednn.operator.Operator;
import convoy.worker.engine.onednn.operator.Pooling;
import convoy.worker.engine.onednn.operator.Rectifier;
import convoy.worker.engine.onednn.operator.ResponseNormalization;
import convoy.worker.engine.onednn.operator.SoftmaxCrossEntropy;
import convoy.worker.engine.onednn.operator.StepContext;
import convoy.worker.engine.onednn.operator.Window;
import convoy.worker.network.TrainingLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Reads DL4J layers as operators, and refuses what the engine does not do exactly as DL4J does. */
final class LayerReader {
  private final ComputationGraph graph;
  private final TrainingLoss loss;
  private final StepContext context;
  private int dropouts;

  LayerReader(ComputationGraph graph, TrainingLoss loss, StepContext context) {
    this.graph = graph;
    this.loss = loss;
    this.context = context;
  }

  /**
   * What a layer does, in order; nothing if it passes its input on.
   *
   * @throws UnsupportedLayerException if the engine does not know it
   */
  List<Operator> read(String name, LayerVertex vertex) {
    Layer layer = vertex.getLayerConf().getLayer();
    requirePlain(name, layer);
    List<Operator> operators = new ArrayList<>();
    dropout(name, layer.getIDropout()).ifPresent(operators::add);
    // Exact classes: a subclass, such as a deconvolution, computes something else.
    Class<?> type = layer.getClass();
    if (type == ConvolutionLayer.class) {
      operators.add(convolution(name, (ConvolutionLayer) layer));
      activation(name, ((ConvolutionLayer) layer).getActivationFn()).ifPresent(operators::add);
    } else if (type == DenseLayer.class) {
      DenseLayer dense = (DenseLayer) layer;
      require(!dense.hasLayerNorm(), name, "layer normalization");
      operators.add(dense(name, (int) dense.getNOut(), dense.hasBias()));
      activation(name, dense.getActivationFn()).ifPresent(operators::add);
    } else if (type == OutputLayer.class) {
      OutputLayer output = (OutputLayer) layer;
      operators.add(dense(name, (int) output.getNOut(), output.hasBias()));
      operators.add(loss(name, output));
    } else if (type == org.deeplearning4j.nn.conf.layers.BatchNormalization.class) {
      operators.add(
          normalization(name, (org.deeplearning4j.nn.conf.layers.BatchNormalization) layer));
    } else if (type == ActivationLayer.class) {
      activation(name, ((ActivationLayer) layer).getActivationFn()).ifPresent(operators::add);
    } else if (type == SubsamplingLayer.class) {
      operators.add(pooling(name, (SubsamplingLayer) layer));
    } else if (type == GlobalPoolingLayer.class) {
      operators.add(globalPooling(name, (GlobalPoolingLayer) layer));
    } else if (type == LocalResponseNormalization.class) {
      operators.add(responseNormalization(name, (LocalResponseNormalization) layer));
    } else {
      require(type == DropoutLayer.class, name, type.getSimpleName());
    }
    requireKnownPreparation(name, layer, vertex.getPreProcessor());
    return operators;
  }

  private static void require(boolean condition, String name, String what) {
    if (!condition) {
      throw new UnsupportedLayerException(name, what);
    }
  }

  private static void requireKnownPreparation(
      String name, Layer layer, InputPreProcessor preparation) {
    boolean flattens = layer instanceof DenseLayer || layer instanceof OutputLayer;
    require(
        preparation == null || (flattens && preparation instanceof CnnToFeedForwardPreProcessor),
        name,
        String.valueOf(preparation));
  }

  private static void requirePlain(String name, Layer layer) {
    require(
        layer.getConstraints() == null || layer.getConstraints().isEmpty(),
        name,
        "constraints on parameters");
    if (layer instanceof BaseLayer base) {
      require(base.getWeightNoise() == null, name, "weight noise");
      GradientNormalization rule = base.getGradientNormalization();
      require(rule == null || rule == GradientNormalization.None, name, "gradient normalization");
    }
  }

  private Optional<Operator> dropout(String name, IDropout dropout) {
    if (dropout == null) {
      return Optional.empty();
    }
    // DL4J's name for the probability to keep a unit is p.
    boolean isPlain =
        dropout instanceof org.deeplearning4j.nn.conf.dropout.Dropout plain
            && plain.getPSchedule() == null;
    require(isPlain, name, dropout.getClass().getSimpleName());
    double keep = ((org.deeplearning4j.nn.conf.dropout.Dropout) dropout).getP();
    return Optional.of(new Dropout(keep, dropouts++, context));
  }

  private static Optional<Operator> activation(String name, IActivation function) {
    if (function instanceof ActivationIdentity) {
      return Optional.empty();
    }
    require(function instanceof ActivationReLU, name, "activation " + function);
    return Optional.of(new Rectifier());
  }

  private Operator convolution(String name, ConvolutionLayer layer) {
    require(layer.getCnn2dDataFormat() == CNN2DFormat.NCHW, name, "layout NHWC");
    Window window =
        window(
            name,
            layer.getConvolutionMode(),
            layer.getDilation(),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding());
    return new Convolution(
        Math.toIntExact(layer.getNOut()), window, affine(name, layer.hasBias()), false);
  }

  private static Window window(
      String name,
      ConvolutionMode mode,
      int[] dilation,
      int[] kernel,
      int[] stride,
      int[] padding) {
    require(mode != ConvolutionMode.Causal, name, "convolution mode Causal");
    require(dilation[0] == 1 && dilation[1] == 1, name, "dilation");
    return new Window(
        Window.Extent.of(kernel),
        Window.Extent.of(stride),
        Window.Extent.of(padding),
        mode == ConvolutionMode.Same);
  }

  private Operator dense(String name, int outputs, boolean hasBias) {
    return new Dense(outputs, affine(name, hasBias), false);
  }

  private Affine affine(String name, boolean hasBias) {
    INDArray weights = graph.getLayer(name).getParam("W");
    long outputs = hasBias ? graph.getLayer(name).getParam("b").length() : outputs(weights);
    return new Affine(
        weights.offset(),
        weights.length() / outputs,
        hasBias ? graph.getLayer(name).getParam("b").offset() : Affine.NO_BIAS);
  }

  /** The outputs are a convolution's first dimension, and a dense layer's second. */
  private static long outputs(INDArray weights) {
    return weights.rank() == 4 ? weights.size(0) : weights.size(1);
  }

  private Operator normalization(
      String name, org.deeplearning4j.nn.conf.layers.BatchNormalization layer) {
    require(!layer.isLockGammaBeta(), name, "a locked scale and shift");
    require(!layer.isUseLogStd(), name, "the logarithm of a standard deviation as statistic");
    require(layer.getCnn2DFormat() == CNN2DFormat.NCHW, name, "layout NHWC");
    return new BatchNormalization(
        graph.getLayer(name).getParam("gamma").offset(),
        Math.toIntExact(layer.getNOut()),
        (float) layer.getEps(),
        (float) layer.getDecay(),
        false);
  }

  private static Operator pooling(String name, SubsamplingLayer layer) {
    require(layer.getCnn2dDataFormat() == CNN2DFormat.NCHW, name, "layout NHWC");
    Window window =
        window(
            name,
            layer.getConvolutionMode(),
            layer.getDilation(),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding());
    return switch (layer.getPoolingType()) {
      case MAX -> new Pooling(Pooling.Kind.MAXIMUM, Optional.of(window));
      case AVG ->
          new Pooling(
              layer.isAvgPoolIncludePadInDivisor()
                  ? Pooling.Kind.AVERAGE_WITH_PADDING
                  : Pooling.Kind.AVERAGE,
              Optional.of(window));
      default -> throw new UnsupportedLayerException(name, "pooling " + layer.getPoolingType());
    };
  }

  private static Operator globalPooling(String name, GlobalPoolingLayer layer) {
    int[] dimensions = layer.getPoolingDimensions();
    require(
        dimensions == null || Arrays.equals(dimensions, new int[] {2, 3}),
        name,
        "a pool over dimensions " + Arrays.toString(dimensions));
    return switch (layer.getPoolingType()) {
      case MAX -> new Pooling(Pooling.Kind.MAXIMUM, Optional.empty());
      case AVG -> new Pooling(Pooling.Kind.AVERAGE, Optional.empty());
      default -> throw new UnsupportedLayerException(name, "pooling " + layer.getPoolingType());
    };
  }

  private static Operator responseNormalization(String name, LocalResponseNormalization layer) {
    require(layer.getDataFormat() == CNN2DFormat.NCHW, name, "layout NHWC");
    int channels = (int) layer.getN();
    require(channels % 2 == 1, name, "a sum over " + layer.getN() + " channels");
    return new ResponseNormalization(
        channels, (float) layer.getK(), (float) layer.getAlpha(), (float) layer.getBeta());
  }

  private Operator loss(String name, OutputLayer layer) {
    require(
        layer.getActivationFn() instanceof ActivationSoftmax,
        name,
        "output activation " + layer.getActivationFn());
    require(
        layer.getLossFn().getClass() == LossMCXENT.class,
        name,
        "loss " + layer.getLossFn().getClass().getSimpleName());
    INDArray weights = ((LossMCXENT) layer.getLossFn()).getWeights();
    float weight = weights == null ? 1 : weights.getFloat(0);
    require(
        weights == null || weights.minNumber().equals(weights.maxNumber()),
        name,
        "losses weighted class by class");
    boolean isMain = graph.getConfiguration().getNetworkOutputs().get(0).equals(name);
    return new SoftmaxCrossEntropy(weight, loss, isMain, context);
  }
}
