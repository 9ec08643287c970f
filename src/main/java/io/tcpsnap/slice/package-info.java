/**
 * Cuts archives out of archives: {@link io.tcpsnap.slice.Slicing} copies frames as they are where all of a frame is wanted, and
 * writes ticks anew where it is not, or where single connections are ({@link io.tcpsnap.slice.TickFilter}).
 */
package io.tcpsnap.slice;
