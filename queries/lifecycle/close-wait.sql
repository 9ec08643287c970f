-- Which local ports collect connections that the peer has closed and the application has not?
-- needs: tcp
-- look for: a number that grows and never falls: the application leaks sockets.
SELECT local_addr || ':' || local_port AS local,
       any_value(uid) AS uid,
       count(DISTINCT conn) AS connections,
       count(DISTINCT conn) FILTER (WHERE snapshot_id = first_id) AS at_start,
       count(DISTINCT conn) FILTER (WHERE snapshot_id = last_id) AS at_end,
       max(rx_queue) AS max_rx_queue
FROM tcp, (SELECT min(snapshot_id) AS first_id, max(snapshot_id) AS last_id FROM tcp)
WHERE state = 'CLOSE_WAIT'
GROUP BY host, local_addr, local_port
ORDER BY connections DESC, local;
