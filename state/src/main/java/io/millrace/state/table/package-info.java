/**
 * Keyed tables off-heap: groups, what changed in them, and when they are over. State is a table,
 * which can be read without the query that keeps it.
 */
package io.millrace.state.table;
