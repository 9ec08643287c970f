/** Results of queries as text: one class for each format. Knows JDBC results, and nothing of where they come from. */
package io.tcpsnap.output;
