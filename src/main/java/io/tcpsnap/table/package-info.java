/**
 * The declaration of every table and column, once: name, type, unit, kernel expression, doc, sentinel, reader.
 *
 * <p>DDL, comments, reference docs and completion derive from it. May use {@code decode}, {@code archive} and {@code
 * kernel}; knows nothing of any database.
 */
package io.tcpsnap.table;
