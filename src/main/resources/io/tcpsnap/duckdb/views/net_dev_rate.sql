-- What an interface carried and lost between two ticks: the growth of its counters, and that per second.
-- The counters have 64 bits, so lower than before is a reset: the interface or its driver came anew. On 32-bit hosts, where
-- old kernels and many drivers keep an unsigned long, it may be a wrap at 2^32 (see the macro grown_long).
-- needs: net_dev, tick
-- column ts: ; Time of the tick that ends the interval, UTC.
-- column interval_s: s; Length of the interval by the monotonic clock; it spans ticks that were missed.
-- column wall_clock: ; Whether the archive has no clock but the wall clock, so that interval_s is wrong where that stepped.
-- column missed: ; Scheduled ticks inside the interval that have no row of this interface. NULL: the recorder was restarted in between, or the archive does not say.
-- column reset: ; Whether a counter is lower than before and did not wrap: the interface or its driver came anew. Its difference is NULL then.
-- column *_delta: {unit}; Growth in the interval of: {doc}
-- column *_per_s: {unit}/s; Growth per second of: {doc}
WITH seen AS (
  SELECT d.*, hash(t.boot, d.netns, d.iface) AS series, t.run, t.clock_ns, t.wall_clock, t.scheduled, t.is_32bit
  FROM lines_net_dev() d JOIN tick t ON t.snapshot_id = d.snapshot_id
), once AS (
  SELECT * FROM seen
  QUALIFY lead(snapshot_id) OVER (PARTITION BY series ORDER BY clock_ns, line) IS DISTINCT FROM snapshot_id
), pair AS (
  SELECT *,
         (clock_ns - lag(clock_ns) OVER w) / 1e9 AS interval_s,
         CASE WHEN run = lag(run) OVER w THEN scheduled - lag(scheduled) OVER w - 1 END AS missed,
         lag(rx_bytes) OVER w AS rx_bytes_before,
         lag(rx_packets) OVER w AS rx_packets_before,
         lag(rx_errs) OVER w AS rx_errs_before,
         lag(rx_drop) OVER w AS rx_drop_before,
         lag(rx_fifo) OVER w AS rx_fifo_before,
         lag(rx_frame) OVER w AS rx_frame_before,
         lag(rx_compressed) OVER w AS rx_compressed_before,
         lag(rx_multicast) OVER w AS rx_multicast_before,
         lag(tx_bytes) OVER w AS tx_bytes_before,
         lag(tx_packets) OVER w AS tx_packets_before,
         lag(tx_errs) OVER w AS tx_errs_before,
         lag(tx_drop) OVER w AS tx_drop_before,
         lag(tx_fifo) OVER w AS tx_fifo_before,
         lag(tx_colls) OVER w AS tx_colls_before,
         lag(tx_carrier) OVER w AS tx_carrier_before,
         lag(tx_compressed) OVER w AS tx_compressed_before
  FROM once
  WINDOW w AS (PARTITION BY series ORDER BY clock_ns)
)
SELECT snapshot_id, ts, host, netns, iface, interval_s, wall_clock, missed,
       grown_long(rx_bytes, rx_bytes_before, is_32bit) AS rx_bytes_delta, rx_bytes_delta / interval_s AS rx_bytes_per_s,
       grown_long(rx_packets, rx_packets_before, is_32bit) AS rx_packets_delta, rx_packets_delta / interval_s AS rx_packets_per_s,
       grown_long(rx_errs, rx_errs_before, is_32bit) AS rx_errs_delta, rx_errs_delta / interval_s AS rx_errs_per_s,
       grown_long(rx_drop, rx_drop_before, is_32bit) AS rx_drop_delta, rx_drop_delta / interval_s AS rx_drop_per_s,
       grown_long(rx_fifo, rx_fifo_before, is_32bit) AS rx_fifo_delta, rx_fifo_delta / interval_s AS rx_fifo_per_s,
       grown_long(rx_frame, rx_frame_before, is_32bit) AS rx_frame_delta, rx_frame_delta / interval_s AS rx_frame_per_s,
       grown_long(rx_compressed, rx_compressed_before, is_32bit) AS rx_compressed_delta, rx_compressed_delta / interval_s AS rx_compressed_per_s,
       grown_long(rx_multicast, rx_multicast_before, is_32bit) AS rx_multicast_delta, rx_multicast_delta / interval_s AS rx_multicast_per_s,
       grown_long(tx_bytes, tx_bytes_before, is_32bit) AS tx_bytes_delta, tx_bytes_delta / interval_s AS tx_bytes_per_s,
       grown_long(tx_packets, tx_packets_before, is_32bit) AS tx_packets_delta, tx_packets_delta / interval_s AS tx_packets_per_s,
       grown_long(tx_errs, tx_errs_before, is_32bit) AS tx_errs_delta, tx_errs_delta / interval_s AS tx_errs_per_s,
       grown_long(tx_drop, tx_drop_before, is_32bit) AS tx_drop_delta, tx_drop_delta / interval_s AS tx_drop_per_s,
       grown_long(tx_fifo, tx_fifo_before, is_32bit) AS tx_fifo_delta, tx_fifo_delta / interval_s AS tx_fifo_per_s,
       grown_long(tx_colls, tx_colls_before, is_32bit) AS tx_colls_delta, tx_colls_delta / interval_s AS tx_colls_per_s,
       grown_long(tx_carrier, tx_carrier_before, is_32bit) AS tx_carrier_delta, tx_carrier_delta / interval_s AS tx_carrier_per_s,
       grown_long(tx_compressed, tx_compressed_before, is_32bit) AS tx_compressed_delta, tx_compressed_delta / interval_s AS tx_compressed_per_s,
       fell(rx_bytes, rx_bytes_before, rx_bytes_delta)
       OR fell(rx_packets, rx_packets_before, rx_packets_delta)
       OR fell(rx_errs, rx_errs_before, rx_errs_delta)
       OR fell(rx_drop, rx_drop_before, rx_drop_delta)
       OR fell(rx_fifo, rx_fifo_before, rx_fifo_delta)
       OR fell(rx_frame, rx_frame_before, rx_frame_delta)
       OR fell(rx_compressed, rx_compressed_before, rx_compressed_delta)
       OR fell(rx_multicast, rx_multicast_before, rx_multicast_delta)
       OR fell(tx_bytes, tx_bytes_before, tx_bytes_delta)
       OR fell(tx_packets, tx_packets_before, tx_packets_delta)
       OR fell(tx_errs, tx_errs_before, tx_errs_delta)
       OR fell(tx_drop, tx_drop_before, tx_drop_delta)
       OR fell(tx_fifo, tx_fifo_before, tx_fifo_delta)
       OR fell(tx_colls, tx_colls_before, tx_colls_delta)
       OR fell(tx_carrier, tx_carrier_before, tx_carrier_delta)
       OR fell(tx_compressed, tx_compressed_before, tx_compressed_delta) AS reset
FROM pair
WHERE interval_s > 0;
