/**
 * Running queries: threads, rings, triggers, epochs, live inputs. The only package that knows the
 * Disruptor, and the only one that waits.
 *
 * <p>The way of a batch: a {@link io.millrace.runtime.Planner} decides what an epoch takes in, the
 * {@link io.millrace.runtime.Sequencer} reads it, a {@link io.millrace.runtime.Transport} leads it
 * through the pipelines to the sink, and an {@link io.millrace.runtime.EpochLog} writes down plan
 * and commit.
 */
package io.millrace.runtime;
