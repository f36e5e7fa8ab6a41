/**
 * Off-heap columns as raw addresses: the only package that turns an Arrow buffer into an address.
 *
 * <p>What every kernel relies on:
 *
 * <ul>
 *   <li>Rows are named by their index in a block. A kernel that is asked about rows from..to (to
 *       exclusive) writes its result at the same indexes.
 *   <li>Bitmap kernels work in whole 64-bit words, beginning at {@code from & ~63}; bits outside
 *       from..to are undefined in what they write and ignored in what they read. Memory is there up
 *       to the row capacity, a multiple of 64.
 *   <li>Addresses are read once per batch: growing a column's data moves it.
 * </ul>
 */
package io.millrace.vector.column;
