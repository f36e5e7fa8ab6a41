/** The process: command line and exit status, what it prints, how it stops. */
package io.millrace.gateway;
