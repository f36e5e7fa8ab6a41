/** Programs that use the API from outside. */
package io.millrace.programs;
