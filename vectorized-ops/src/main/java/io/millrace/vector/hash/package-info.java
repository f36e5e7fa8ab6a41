/** Hashes of key columns, and Spark's own hash function. */
package io.millrace.vector.hash;
