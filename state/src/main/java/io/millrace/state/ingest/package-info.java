/**
 * What a query takes in from inputs that exist once, written down before anything follows from it,
 * so that a restart takes in the same rows in the same batches.
 */
package io.millrace.state.ingest;
