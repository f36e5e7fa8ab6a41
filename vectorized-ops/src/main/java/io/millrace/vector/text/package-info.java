/**
 * Kernels over UTF-8 text, and numbers as text.
 *
 * <p>A kernel computes the rows of a {@link io.millrace.vector.column.RowSelection} whose mask
 * already leaves null rows out, and never touches the validity of its result: the caller combines
 * that from its inputs. Rows that are not asked for become empty, zero or false. Text that is not
 * UTF-8 gives some result, never an access outside its bytes.
 */
package io.millrace.vector.text;
