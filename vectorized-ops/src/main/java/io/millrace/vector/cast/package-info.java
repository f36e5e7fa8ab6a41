/**
 * CAST between all flat types, as Spark's ANSI mode does it. A kernel converts the rows of a
 * selection whose mask already leaves null rows out.
 */
package io.millrace.vector.cast;
