/**
 * What stateful operators know, made durable: a journal of each epoch's changes, and whole copies
 * now and then that let older changes go.
 */
package io.millrace.state.snapshot;
