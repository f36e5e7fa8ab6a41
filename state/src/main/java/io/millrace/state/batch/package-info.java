/** Rows of a block as the bytes of an Arrow IPC record batch, and back. */
package io.millrace.state.batch;
