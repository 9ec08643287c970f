/**
 * Makes ordinary archives out of raw copies that somebody else took.
 *
 * <p>Reads files, folders and tar streams ({@link io.tcpsnap.importer.Intake}), recognises what each holds ({@link
 * io.tcpsnap.importer.Recognition}), puts the copies in order of time ({@link io.tcpsnap.importer.Timeline}) and writes
 * them ({@link io.tcpsnap.importer.Import}). Recognises and cuts, and decodes nothing: what was text stays that text. All
 * input is untrusted.
 */
package io.tcpsnap.importer;
