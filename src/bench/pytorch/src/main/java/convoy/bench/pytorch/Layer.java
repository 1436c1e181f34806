package convoy.bench.pytorch;

import org.bytedeco.pytorch.Tensor;

/** A part of a network: activations in, activations out. */
interface Layer {
  Tensor forward(Tensor input);

  /** This layer, and {@code next} on what comes out of it. */
  default Layer then(Layer next) {
    return input -> next.forward(forward(input));
  }
}
