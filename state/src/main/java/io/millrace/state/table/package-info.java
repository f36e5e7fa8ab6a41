/** Keyed tables off-heap: groups, what changed in them, and when they are over. */
package io.millrace.state.table;
