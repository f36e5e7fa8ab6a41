/** Text of numbers to values and back, in off-heap memory, without allocation. */
package io.millrace.vector.text;
