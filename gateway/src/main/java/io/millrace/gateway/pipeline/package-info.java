/** Pipeline files: reading them, with the line of every value, and running what they say. */
package io.millrace.gateway.pipeline;
