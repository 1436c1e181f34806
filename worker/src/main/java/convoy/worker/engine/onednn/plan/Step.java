package convoy.worker.engine.onednn.plan;

/**
 * One piece of a plan's work: a oneDNN primitive or a loop of ours, bound to its memory.
 *
 * @param layer the layer that it belongs to
 * @param kind what it does, for instance {@code convolution}
 * @param operations multiplications and additions that its definition asks for, 0 where they do not
 *     matter; an algorithm may get by with fewer
 * @param work does it
 */
public record Step(String layer, String kind, double operations, Runnable work) {}
