/** Where people ask: scripts, the session that runs them, and the interactive shell. The only package that knows jline. */
package io.tcpsnap.shell;
