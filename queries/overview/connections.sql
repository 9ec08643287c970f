-- Which connections moved the most bytes, and how are they doing?
-- needs: tcp_info
-- look for: one talker above all others; a smoothed RTT far above the minimum; retransmitted bytes.
-- param: top = 20: how many connections to show
SELECT local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       arg_max(state, ts) AS state,
       max(bytes_acked) - min(bytes_acked) AS bytes_acked,
       max(bytes_received) - min(bytes_received) AS bytes_received,
       max(bytes_retrans) - min(bytes_retrans) AS bytes_retrans,
       arg_max(rtt, ts) / 1000 AS rtt_ms,
       min(min_rtt) / 1000 AS min_rtt_ms,
       arg_max(snd_cwnd, ts) AS snd_cwnd
FROM tcp_info
WHERE row_kind = 'socket' AND state <> 'LISTEN'
GROUP BY host, conn, cookie, local_addr, local_port, remote_addr, remote_port
ORDER BY greatest(max(tcp_info.bytes_acked) - min(tcp_info.bytes_acked),
                  max(tcp_info.bytes_received) - min(tcp_info.bytes_received)) DESC NULLS LAST, local, remote
LIMIT getvariable('top');
