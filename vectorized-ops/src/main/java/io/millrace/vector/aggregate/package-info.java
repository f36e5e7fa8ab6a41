/**
 * Aggregates of groups, a column at a time: each aggregate has cells in the records of {@link
 * io.millrace.vector.group} and loops that bring rows into them, merge two groups, give results,
 * and write the state to columns and read it back.
 */
package io.millrace.vector.aggregate;
