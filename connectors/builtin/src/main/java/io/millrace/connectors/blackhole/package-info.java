/** Sinks that throw rows away, for measuring everything before them. */
package io.millrace.connectors.blackhole;
