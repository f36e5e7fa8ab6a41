/** Kernels that compute columns: arithmetic, rounding, constants, choice between columns. */
package io.millrace.vector.project;
