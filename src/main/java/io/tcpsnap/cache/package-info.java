/**
 * Files kept between runs: decoded segments, under names that say what they were made from. It knows files and their owners,
 * not what is in them.
 */
package io.tcpsnap.cache;
