/**
 * What every engine's program has in common: the job it is given, the answer that it collects, and
 * the figures that it writes. Compiled into other engines' programs too, so it needs the JDK alone.
 */
package io.millrace.perf.job;
