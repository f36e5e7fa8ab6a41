/** Bad input, crashes and missing places, through the whole engine as a user runs it. */
package io.millrace.gateway.faults;
