-- What a socket sent, received and suffered between two ticks: the growth of its cumulative counters, and that per second.
-- A row is an interval between two ticks that both saw the socket; what it did before its first tick is in connection_life.
-- A socket is one cookie within one boot, so a 4-tuple that is used again begins anew. A message that one dump has twice counts
-- once, the later one. Counters of 32 and 16 bits may wrap (see the macros grown32, grown16).
-- needs: tcp_info, tick
-- column ts: ; Time of the tick that ends the interval, UTC.
-- column interval_s: s; Length of the interval by the monotonic clock; it spans ticks that were missed.
-- column wall_clock: ; Whether the archive has no clock but the wall clock, so that interval_s is wrong where that stepped.
-- column missed: ; Scheduled ticks inside the interval that have no row of this socket. NULL: the recorder was restarted in between, or the archive does not say.
-- column reset: ; Whether a counter is lower than before and did not wrap: the socket was disconnected and used again. Its difference is NULL then.
-- column *_delta: {unit}; Growth in the interval of: {doc}
-- column *_per_s: {unit}/s; Growth per second of: {doc}
-- column busy_time_per_s: us/s; Share of the interval with data outstanding or waiting; 1,000,000 is all of it.
-- column rwnd_limited_per_s: us/s; Share of the interval in which the peer's window held the sender back; a part of busy_time_per_s.
-- column sndbuf_limited_per_s: us/s; Share of the interval in which the send buffer held the sender back; a part of busy_time_per_s.
WITH once AS (
  SELECT i.*, t.boot, t.run, t.clock_ns, t.wall_clock, t.scheduled
  FROM lines_tcp_info() i JOIN tick t ON t.snapshot_id = i.snapshot_id
  WHERE i.row_kind = 'socket' AND i.state <> 'LISTEN'
  QUALIFY lead(i.snapshot_id) OVER (PARTITION BY t.boot, i.conn, i.cookie ORDER BY t.clock_ns, i.line)
          IS DISTINCT FROM i.snapshot_id
), pair AS (
  SELECT *,
         (clock_ns - lag(clock_ns) OVER w) / 1e9 AS interval_s,
         CASE WHEN run = lag(run) OVER w THEN scheduled - lag(scheduled) OVER w - 1 END AS missed,
         lag(bytes_acked) OVER w AS bytes_acked_before,
         lag(bytes_received) OVER w AS bytes_received_before,
         lag(bytes_sent) OVER w AS bytes_sent_before,
         lag(bytes_retrans) OVER w AS bytes_retrans_before,
         lag(segs_out) OVER w AS segs_out_before,
         lag(segs_in) OVER w AS segs_in_before,
         lag(data_segs_out) OVER w AS data_segs_out_before,
         lag(data_segs_in) OVER w AS data_segs_in_before,
         lag(total_retrans) OVER w AS total_retrans_before,
         lag(delivered) OVER w AS delivered_before,
         lag(delivered_ce) OVER w AS delivered_ce_before,
         lag(received_ce) OVER w AS received_ce_before,
         lag(reord_seen) OVER w AS reord_seen_before,
         lag(dsack_dups) OVER w AS dsack_dups_before,
         lag(rcv_ooopack) OVER w AS rcv_ooopack_before,
         lag(rehash) OVER w AS rehash_before,
         lag(total_rto) OVER w AS total_rto_before,
         lag(total_rto_recoveries) OVER w AS total_rto_recoveries_before,
         lag(total_rto_time) OVER w AS total_rto_time_before,
         lag(busy_time) OVER w AS busy_time_before,
         lag(rwnd_limited) OVER w AS rwnd_limited_before,
         lag(sndbuf_limited) OVER w AS sndbuf_limited_before
  FROM once
  WINDOW w AS (PARTITION BY boot, conn, cookie ORDER BY clock_ns)
)
SELECT snapshot_id, ts, host, netns, conn, cookie, family, local_addr, local_port, remote_addr, remote_port, state,
       interval_s, wall_clock, missed,
       grown(bytes_acked, bytes_acked_before) AS bytes_acked_delta, bytes_acked_delta / interval_s AS bytes_acked_per_s,
       grown(bytes_received, bytes_received_before) AS bytes_received_delta, bytes_received_delta / interval_s AS bytes_received_per_s,
       grown(bytes_sent, bytes_sent_before) AS bytes_sent_delta, bytes_sent_delta / interval_s AS bytes_sent_per_s,
       grown(bytes_retrans, bytes_retrans_before) AS bytes_retrans_delta, bytes_retrans_delta / interval_s AS bytes_retrans_per_s,
       grown32(segs_out, segs_out_before, interval_s) AS segs_out_delta, segs_out_delta / interval_s AS segs_out_per_s,
       grown32(segs_in, segs_in_before, interval_s) AS segs_in_delta, segs_in_delta / interval_s AS segs_in_per_s,
       grown32(data_segs_out, data_segs_out_before, interval_s) AS data_segs_out_delta, data_segs_out_delta / interval_s AS data_segs_out_per_s,
       grown32(data_segs_in, data_segs_in_before, interval_s) AS data_segs_in_delta, data_segs_in_delta / interval_s AS data_segs_in_per_s,
       grown32(total_retrans, total_retrans_before, interval_s) AS total_retrans_delta, total_retrans_delta / interval_s AS total_retrans_per_s,
       grown32(delivered, delivered_before, interval_s) AS delivered_delta, delivered_delta / interval_s AS delivered_per_s,
       grown32(delivered_ce, delivered_ce_before, interval_s) AS delivered_ce_delta, delivered_ce_delta / interval_s AS delivered_ce_per_s,
       grown32(received_ce, received_ce_before, interval_s) AS received_ce_delta, received_ce_delta / interval_s AS received_ce_per_s,
       grown32(reord_seen, reord_seen_before, interval_s) AS reord_seen_delta, reord_seen_delta / interval_s AS reord_seen_per_s,
       grown32(dsack_dups, dsack_dups_before, interval_s) AS dsack_dups_delta, dsack_dups_delta / interval_s AS dsack_dups_per_s,
       grown32(rcv_ooopack, rcv_ooopack_before, interval_s) AS rcv_ooopack_delta, rcv_ooopack_delta / interval_s AS rcv_ooopack_per_s,
       grown32(rehash, rehash_before, interval_s) AS rehash_delta, rehash_delta / interval_s AS rehash_per_s,
       grown16(total_rto, total_rto_before, interval_s) AS total_rto_delta, total_rto_delta / interval_s AS total_rto_per_s,
       grown16(total_rto_recoveries, total_rto_recoveries_before, interval_s) AS total_rto_recoveries_delta, total_rto_recoveries_delta / interval_s AS total_rto_recoveries_per_s,
       grown32(total_rto_time, total_rto_time_before, interval_s) AS total_rto_time_delta, total_rto_time_delta / interval_s AS total_rto_time_per_s,
       grown(busy_time, busy_time_before) AS busy_time_delta, busy_time_delta / interval_s AS busy_time_per_s,
       grown(rwnd_limited, rwnd_limited_before) AS rwnd_limited_delta, rwnd_limited_delta / interval_s AS rwnd_limited_per_s,
       grown(sndbuf_limited, sndbuf_limited_before) AS sndbuf_limited_delta, sndbuf_limited_delta / interval_s AS sndbuf_limited_per_s,
       rtt, snd_cwnd, lost, reordering,
       fell(bytes_acked, bytes_acked_before, bytes_acked_delta)
       OR fell(bytes_received, bytes_received_before, bytes_received_delta)
       OR fell(bytes_sent, bytes_sent_before, bytes_sent_delta)
       OR fell(bytes_retrans, bytes_retrans_before, bytes_retrans_delta)
       OR fell(segs_out, segs_out_before, segs_out_delta)
       OR fell(segs_in, segs_in_before, segs_in_delta)
       OR fell(data_segs_out, data_segs_out_before, data_segs_out_delta)
       OR fell(data_segs_in, data_segs_in_before, data_segs_in_delta)
       OR fell(total_retrans, total_retrans_before, total_retrans_delta)
       OR fell(delivered, delivered_before, delivered_delta)
       OR fell(delivered_ce, delivered_ce_before, delivered_ce_delta)
       OR fell(received_ce, received_ce_before, received_ce_delta)
       OR fell(reord_seen, reord_seen_before, reord_seen_delta)
       OR fell(dsack_dups, dsack_dups_before, dsack_dups_delta)
       OR fell(rcv_ooopack, rcv_ooopack_before, rcv_ooopack_delta)
       OR fell(rehash, rehash_before, rehash_delta)
       OR fell(total_rto, total_rto_before, total_rto_delta)
       OR fell(total_rto_recoveries, total_rto_recoveries_before, total_rto_recoveries_delta)
       OR fell(total_rto_time, total_rto_time_before, total_rto_time_delta)
       OR fell(busy_time, busy_time_before, busy_time_delta)
       OR fell(rwnd_limited, rwnd_limited_before, rwnd_limited_delta)
       OR fell(sndbuf_limited, sndbuf_limited_before, sndbuf_limited_delta) AS reset
FROM pair
WHERE interval_s > 0;
