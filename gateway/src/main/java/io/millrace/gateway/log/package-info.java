/** Sets up logging without files: quiet unless asked, secrets masked. */
package io.millrace.gateway.log;
