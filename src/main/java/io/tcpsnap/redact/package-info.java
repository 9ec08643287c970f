/**
 * Makes recordings safe to send: {@link io.tcpsnap.redact.Redaction} renames what identifies hosts, people and programs, byte
 * by byte in each copy, so that the result is an ordinary archive of which stock tools and all queries say the same as before.
 *
 * <p>Nothing passes unless it is known: a copy, a line, a message, an attribute or a word that no class here understands is left
 * out and counted ({@link io.tcpsnap.redact.Account}). Everything is a function of one key ({@link io.tcpsnap.redact.Key}), so that
 * archives redacted with one key still fit each other. What is renamed and what is kept is a {@link io.tcpsnap.redact.Policy}.
 */
package io.tcpsnap.redact;
