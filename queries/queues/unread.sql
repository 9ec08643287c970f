-- Which applications leave received data unread?
-- needs: tcp
-- look for: rx_queue that stays or grows over many ticks: the process is stuck or too slow; the inode leads to it.
-- param: top = 20: how many sockets to show
WITH line AS ( -- netstat reads /proc/net/tcp: where a tick has both, a socket counts once
  SELECT *
  FROM tcp
  WHERE source <> 'netstat'
     OR (snapshot_id, family) NOT IN (SELECT DISTINCT snapshot_id, family FROM tcp WHERE source <> 'netstat')
)
SELECT local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       max(rx_queue) AS max_rx_queue,
       arg_max(rx_queue, ts) AS last_rx_queue,
       count(*) FILTER (WHERE rx_queue > 0) AS ticks_unread,
       count(*) AS ticks,
       any_value(uid) AS uid,
       max(inode) AS inode
FROM line
WHERE state = 'ESTABLISHED' AND row_kind = 'socket'
GROUP BY host, conn, local_addr, local_port, remote_addr, remote_port
HAVING max_rx_queue > 0
ORDER BY max_rx_queue DESC, local, remote
LIMIT getvariable('top');
