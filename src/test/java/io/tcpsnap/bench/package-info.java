/**
 * Benchmarks of the hot paths, each beside a baseline that runs in the same run. No test runs them; this does:
 *
 * <pre>
 * mvn -q -Pbench verify                       all, ten minutes
 * mvn -q -Pbench verify -Dbench='Line|Dump'   those whose name contains the expression
 * mvn -q -Pbench verify -Dbench=Load -Dbench.sockets=1000 -Dbench.ticks=2000 -Dbench.rounds=5 -Dbench.millions=1,10,100
 * mvn -q -Pbench verify -Dbench=StartUp       whole runs of the built program, beside java -version
 * </pre>
 *
 * <p>{@code bench.sockets} and {@code bench.ticks} are the size of the replayed recording ({@link
 * io.tcpsnap.bench.Replay}); the load needs some 300 bytes of temporary disk for each socket and tick.
 * Capture reads this machine's kernel, with 500 loopback connections open.
 *
 * <p>Results of 2026-11-24: two cores of a virtual machine that others used too, Linux 6.18, OpenJDK 17.0.15; 1,000
 * sockets. The ratios say more than the numbers.
 *
 * <pre>
 *                                           ours      baseline  baseline is                         ratio
 * LineBenchmark, 1,000 lines                220 us      959 us  readLine, split, parse                4.4
 * DumpBenchmark, 1,000 messages              53 us      258 us  attributes copied into maps           4.8
 * ArchiveReadBenchmark, 60 ticks, 34 MB     9.2 ms      9.9 ms  zstd stream drained                   1.1
 * ArchiveWriteBenchmark, 60 ticks, 34 MB   36.6 ms     24.7 ms  zstd -3 into a file, no fdatasync     0.7
 * CaptureBenchmark, tcp, 1,000 sockets    2,174 us    2,072 us  the file read by java.nio             1.0
 * CaptureBenchmark, diag, 1,000 sockets   1,022 us    2,072 us  /proc/net/tcp read by java.nio        2.0
 * </pre>
 *
 * <p>Loads and starts of 2026-11-25, Linux 6.18, OpenJDK 17.0.15, 1,000 sockets, two cores of a virtual machine that did
 * everything at half of its speed of the day before (the first baseline then: 3.39 us): only ratios of one run count.
 *
 * <pre>
 *                                           ours      baseline  baseline is                         ratio
 * tcp, 2 M rows, in memory               0.74 M/s     0.26 M/s  decoded in SQL, out of text files     2.8
 *   CPU for each row                      2.59 us      7.49 us                                        2.9
 * tcp, 2 M rows, into a file             0.47 M/s     0.26 M/s  decoded in SQL, in memory             1.8
 *   CPU for each row                      3.45 us      7.49 us                                        2.2
 * tcp_info, 500,000 rows                 0.38 M/s     0.16 M/s  ss -tinmoe, to /dev/null              2.4
 *                                                     0.12 M/s  the decoded rows as CSV               3.3
 * three columns, 10 min of a day           0.18 s       14.1 s  the day loaded, 8.6 M rows             77
 *
 * whole processes, count(*) of tcp       decoded into the cache             out of the cache
 *   1 M rows, 1 segment                    4.8 s, 7.8 us CPU/row, 366 MB    0.35 s
 *  10 M rows, 10 segments                 25.3 s, 4.7 us CPU/row, 438 MB    0.33 s
 * 100 M rows, 100 segments               206.5 s, 3.8 us CPU/row, 474 MB    1.12 s
 *
 * whole processes: java -version 0.044 s; --version 0.08 s, 1.8 times that; select 1 0.22 s, 5 times
 * </pre>
 *
 * <p>On the same machine at its full speed, the day before: 3.6 M rows in one segment 4.5 s into the cache, 0.35 s out of it;
 * 10 M rows 10.5 s, 2.0 us CPU a row. A segment of one frame keeps one core busy, so that small ones are decoded at the same
 * time: 60 segments of 60 ticks take a fifth longer than one of 3,600.
 *
 * <p>The other sources take 1.4 ms (tcp6, 100 sockets), 15 us (netstat), 11 us (snmp6), 8 us (snmp) and 4 to 6 us (dev,
 * sockstat, sockstat6, softnet). The load of tcp reads the archive with the larger sock_diag dump in it and fills 36
 * columns; its baseline reads the bare text and fills 30. A row of tcp_info has 145 columns.
 */
package io.tcpsnap.bench;
