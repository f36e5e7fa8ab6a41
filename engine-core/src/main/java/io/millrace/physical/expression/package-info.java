/** Expressions over blocks: evaluators own scratch columns and call kernels. */
package io.millrace.physical.expression;
