/**
 * Designs that lost, over the same data as those that won, so that the choice can be checked again.
 */
package io.millrace.benchmarks.alternatives;
