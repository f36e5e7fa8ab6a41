/** Random blocks for differential tests in every module. */
package io.millrace.vector;
