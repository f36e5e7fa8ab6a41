/**
 * An open-loop load and how its delays are recorded; also compiled into the programs that measure
 * other engines, so nothing but the JDK and HdrHistogram is used here.
 */
package io.millrace.perf.pace;
