package convoy.worker.optimizer;

/**
 * A contiguous run of the flat parameter vector whose entries one rule updates in one way.
 *
 * <p>DL4J keeps the optimizer's state moment by moment for all the parameters between two that it
 * does not learn (batch-norm statistics), whether they are decayed or not: {@code [first moment of
 * all][second moment of all]}. Several runs can lie in one such stretch, so a run's moments need
 * not follow each other: moment {@code k} of its parameter {@code i} lies at {@code stateOffset + k
 * * stateStride + i} of the flat state.
 *
 * @param offset of its first parameter in the flat parameter vector
 * @param length its number of parameters, above 0
 * @param stateOffset of its first parameter's first moment in the flat state
 * @param stateStride from a moment to the next one of the same parameter in the flat state
 * @param decayed whether weight decay applies: to the weights of convolutions and dense layers, not
 *     to biases and to the scale and shift of batch normalization
 */
public record ParameterBlock(
    int offset, int length, int stateOffset, int stateStride, boolean decayed) {}
