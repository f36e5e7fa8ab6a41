/** Rows copied densely from one column to another: by position, by bitmap, or a range. */
package io.millrace.vector.gather;
