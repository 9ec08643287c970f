/**
 * What may stand at a place of an SQL statement: names, keywords and values. Everything is answered from memory; what is in
 * the database is read in the background.
 */
package io.tcpsnap.complete;
