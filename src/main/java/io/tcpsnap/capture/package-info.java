/**
 * The recorder: bytes and clocks from the kernel into segments.
 *
 * <p>Interprets nothing that it need not, so never sees a decoder. Of netlink dumps it reads message and attribute
 * headers only, to find the end and to leave TCP-MD5 keys out. The only package with native calls.
 */
package io.tcpsnap.capture;
