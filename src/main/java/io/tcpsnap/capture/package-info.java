/**
 * The recorder: bytes and clocks from the kernel into segments.
 *
 * <p>Interprets nothing that it need not, so never sees a decoder. Of netlink dumps it reads message and attribute
 * headers only, to find the end and to leave TCP-MD5 keys out. Owners and options of sockets have no file in the kernel:
 * they are gathered from /proc/PID and getsockopt, each within a share of a CPU. The only package with native calls.
 */
package io.tcpsnap.capture;
