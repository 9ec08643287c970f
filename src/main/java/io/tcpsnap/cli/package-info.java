/** The command line: one class for each command. */
package io.tcpsnap.cli;
