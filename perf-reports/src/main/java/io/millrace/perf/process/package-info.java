/** Fresh processes to measure in, and what they hand back. */
package io.millrace.perf.process;
