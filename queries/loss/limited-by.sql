-- What holds the senders back: the network, the receiver's window or the send buffer?
-- needs: tcp_info
-- look for: rwnd_limited (the peer reads too slowly), sndbuf_limited (SO_SNDBUF too small); the rest of busy is the network.
-- param: top = 20: how many connections to show
SELECT local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       (max(busy_time) - min(busy_time)) // 1000 AS busy_ms,
       round(100.0 * (max(rwnd_limited) - min(rwnd_limited)) / (max(busy_time) - min(busy_time)), 1) AS rwnd_percent,
       round(100.0 * (max(sndbuf_limited) - min(sndbuf_limited)) / (max(busy_time) - min(busy_time)), 1) AS sndbuf_percent,
       max(delivery_rate) * 8 // 1000 AS max_delivery_kbit_s
FROM tcp_info
WHERE row_kind = 'socket' AND state <> 'LISTEN'
GROUP BY host, cookie, conn, local_addr, local_port, remote_addr, remote_port
HAVING max(busy_time) > min(busy_time)
ORDER BY busy_ms DESC, local, remote
LIMIT getvariable('top');
