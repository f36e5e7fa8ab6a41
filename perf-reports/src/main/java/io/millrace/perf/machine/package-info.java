/** What a figure depends on: the machine, the JVM, the commit; and what a process used. */
package io.millrace.perf.machine;
