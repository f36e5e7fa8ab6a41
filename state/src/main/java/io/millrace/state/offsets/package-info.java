/**
 * The checkpoint directory of a query: who wrote it, what each epoch read, and which epochs are
 * done.
 *
 * <p>{@code metadata.json} says which query it belongs to ({@link
 * io.millrace.state.offsets.MetadataFile}), {@code lock} keeps a second process out, {@code
 * offsets/} is a journal with a plan and a commit per epoch ({@link
 * io.millrace.state.offsets.EpochFormat}).
 */
package io.millrace.state.offsets;
