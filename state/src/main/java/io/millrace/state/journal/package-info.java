/**
 * Append-only records that survive what their durability promises, and say so when they did not.
 *
 * <p>On disk a journal is a directory of segments, each named by the sequence of its first record:
 * plain files of frames, or Chronicle queues whose excerpts hold the same frames. {@code
 * state/FORMAT.md} describes every byte, {@link io.millrace.state.journal.Frame} a frame.
 */
package io.millrace.state.journal;
