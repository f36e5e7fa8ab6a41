/** The demonstration: simulated devices that write files, and a query over them. */
package io.millrace.gateway.demo;
