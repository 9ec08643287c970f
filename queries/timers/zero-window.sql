-- Which connections probe a peer that has closed its window?
-- needs: tcp
-- look for: data that stays in tx_queue while timeout (unanswered probes) or ticks grow: the peer's application does not read.
-- param: top = 20: how many connections to show
SELECT local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       max(tx_queue) AS tx_queue,
       max(timeout) AS probes_out,
       max(timer_ms) AS longest_wait_ms,
       min(ts) AS since,
       max(ts) AS until,
       count(DISTINCT snapshot_id) AS ticks
FROM tcp
WHERE timer = 'probe0'
GROUP BY host, conn, local_addr, local_port, remote_addr, remote_port
ORDER BY ticks DESC, tx_queue DESC, local, remote
LIMIT getvariable('top');
