/** SQL as text: its tokens, its words, and how far two names are apart. */
package io.tcpsnap.sql;
