/** Timestamps (microseconds UTC) and dates (days): their text and their arithmetic. */
package io.millrace.vector.time;
