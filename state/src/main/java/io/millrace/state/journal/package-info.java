/**
 * Append-only records that survive what their durability promises, and say so when they did not.
 *
 * <p>On disk a journal is a directory of segments. A segment is a file of frames, one after the
 * other with nothing between, named by the sequence of its first frame in 20 digits: {@code
 * 00000000000000000000.journal}. {@link io.millrace.state.journal.Frame} has the layout of a frame.
 */
package io.millrace.state.journal;
