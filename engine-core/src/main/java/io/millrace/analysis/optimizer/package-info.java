/** Rules that make a resolved plan cheaper and never change its result. */
package io.millrace.analysis.optimizer;
