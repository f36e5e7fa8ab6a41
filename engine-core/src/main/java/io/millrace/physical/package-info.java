/** Plans as stages that push blocks from one to the next on one thread. */
package io.millrace.physical;
