-- Where is the round-trip time far above its minimum?
-- needs: tcp_info
-- look for: queueing: an RTT many times the minimum while cwnd is large; the same path on several connections.
-- param: top = 20: how many connections to show
SELECT local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       round(min(min_rtt) / 1000, 3) AS min_rtt_ms,
       round(median(rtt) / 1000, 3) AS median_rtt_ms,
       round(max(rtt) / 1000, 3) AS max_rtt_ms,
       round(max(rtt) / min(min_rtt), 1) AS times_min,
       max(snd_cwnd) AS max_snd_cwnd
FROM tcp_info
WHERE rtt > 0 AND min_rtt > 0
GROUP BY host, cookie, conn, local_addr, local_port, remote_addr, remote_port
ORDER BY times_min DESC, local, remote
LIMIT getvariable('top');
