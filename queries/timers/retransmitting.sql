-- Which connections wait for an acknowledgement that does not come?
-- needs: tcp
-- look for: retrnsmt that climbs while tm_when doubles: the path or the peer is gone; the socket gives up after tcp_retries2.
-- param: top = 20: how many connections to show
SELECT local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       arg_max(state, ts) AS state,
       max(retrnsmt) AS retrnsmt,
       max(rto_ms) AS rto_ms,
       max(tx_queue) AS tx_queue,
       min(ts) AS since,
       count(DISTINCT snapshot_id) AS ticks
FROM tcp
WHERE timer = 'retransmit' AND retrnsmt > 0
GROUP BY host, conn, local_addr, local_port, remote_addr, remote_port
ORDER BY retrnsmt DESC, ticks DESC, local, remote
LIMIT getvariable('top');
