/**
 * Spark SQL's text read into plans and expressions, by hand: no parser library, nothing to load.
 */
package io.millrace.sql;
