/** Benchmarks. */
package io.tcpsnap.bench;
