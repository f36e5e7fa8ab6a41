/** Bitmaps in 64-bit words: logic with and without nulls, counting, positions of set bits. */
package io.millrace.vector.bitmap;
