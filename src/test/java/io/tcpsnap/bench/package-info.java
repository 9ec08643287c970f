/**
 * Benchmarks of the hot paths, each beside a baseline that runs in the same run. No test runs them; this does:
 *
 * <pre>
 * mvn -q -Pbench verify                       all, four minutes
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
 * LoadBenchmark, tcp, 2 M rows           1.14 M/s     0.47 M/s  decoded in SQL, out of text files     2.4
 *   CPU for each row                      1.37 us      3.39 us                                        2.5
 * LoadBenchmark, tcp_info, 480,000 rows  0.54 M/s     0.29 M/s  the decoded rows as CSV               1.8
 *   CPU for each row                      2.83 us      5.06 us                                        1.8
 * </pre>
 *
 * <p>The load since then, of 2026-11-25, Linux 6.18, OpenJDK 17.0.15, two cores that four builds used at the same time: all
 * times are too long, and only ratios of one run count.
 *
 * <pre>
 *                                           ours      baseline  baseline is                         ratio
 * tcp, 1 M rows, in memory               0.60 M/s     0.24 M/s  decoded in SQL, out of text files     2.6
 *   CPU for each row                      1.62 us      4.16 us                                        2.6
 * tcp, 5 M rows, CPU for each row         1.81 us      2.29 us  this program of 2026-11-24            1.3
 * tcp, 1 M rows, into a file             0.45 M/s     0.24 M/s  decoded in SQL, in memory             1.9
 * tcp_info, 250,000 rows                 0.55 M/s     0.24 M/s  ss -tinmoe, to /dev/null              2.3
 *                                                     0.19 M/s  the decoded rows as CSV               2.9
 * three columns, 10 min of a day           0.15 s        7.1 s  the day loaded, 8.6 M rows             47
 * peak RSS, 10 M rows into a file          1.06 GB               memory_limit of DuckDB's default
 *   memory_limit 512 MB, -Xmx256m          0.67 GB               as fast
 * </pre>
 *
 * <p>Whole processes in CPU seconds, 2026-11-25, on the same machine, so busy with other work that its wall clock says
 * little: 0.03 {@code java -version}, 0.06 {@code --version}, 0.6 {@code select 1}; 3.6 M rows of tcp in one segment: 0.6 out of
 * the cache (0.7 s of wall clock), 8.5 with {@code --no-cache} (1.2 GB), 10.8 where the cache is filled (0.5 GB); in 60
 * segments: 0.8, 9.7 and 20, since each file of the cache is compressed by itself.
 *
 * <p>The other sources take 1.4 ms (tcp6, 100 sockets), 15 us (netstat), 11 us (snmp6), 8 us (snmp) and 4 to 6 us (dev,
 * sockstat, sockstat6, softnet). The load of tcp reads the archive with the larger sock_diag dump in it and fills 36
 * columns; its baseline reads the bare text and fills 30. A row of tcp_info has 145 columns.
 */
package io.tcpsnap.bench;
