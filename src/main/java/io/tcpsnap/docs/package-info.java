/** Reference documentation, derived from the declarations of tables and commands and the headers of queries. */
package io.tcpsnap.docs;
