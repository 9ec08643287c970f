/** Reference documentation, derived from the declarations of tables and the headers of queries. */
package io.tcpsnap.docs;
