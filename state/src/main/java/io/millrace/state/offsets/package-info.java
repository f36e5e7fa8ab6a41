/**
 * The checkpoint directory of a query: who wrote it, what each epoch read, and which epochs are
 * done.
 *
 * <p>{@code metadata.json} says which query it belongs to ({@link
 * io.millrace.state.offsets.MetadataFile}), {@code lock} keeps a second process out, {@code
 * offsets/} is a journal with a plan and a commit per epoch ({@link
 * io.millrace.state.offsets.EpochFormat}), kept short by a memory of what the oldest ones said
 * ({@link io.millrace.state.offsets.JournalCleaner}).
 */
package io.millrace.state.offsets;
