/** Comparisons, IN lists: columns in, bitmaps of true rows out. */
package io.millrace.vector.filter;
