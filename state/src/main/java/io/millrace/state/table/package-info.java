/** The state of a checkpoint as a table that can be read. */
package io.millrace.state.table;
