/** Queries as plain data, as the user wrote them. */
package io.millrace.plan;
