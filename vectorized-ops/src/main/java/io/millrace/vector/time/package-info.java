/**
 * Timestamps (microseconds UTC) and dates (days): their text and their arithmetic, in the proleptic
 * Gregorian calendar, correct before 1970.
 *
 * <p>Kernels that cannot fail compute every row. One that can computes the rows of a selection
 * whose mask already leaves null rows out, and returns the first row that it cannot compute, or -1;
 * when failures are to be null, it makes such rows null and returns -1. Otherwise the validity of
 * the result is the caller's.
 */
package io.millrace.vector.time;
