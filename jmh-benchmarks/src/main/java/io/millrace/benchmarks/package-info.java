/**
 * The uber-jar's door: runs the benchmarks of the packages below in JVMs with the engine's flags.
 */
package io.millrace.benchmarks;
