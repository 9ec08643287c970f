-- Which listeners let connections wait for accept()?
-- needs: tcp_info
-- look for: accept_queue near accept_backlog: new connections are about to be dropped (TcpExt ListenOverflows).
SELECT local_addr || ':' || local_port AS listener,
       max(accept_queue) AS max_accept_queue,
       max(accept_backlog) AS accept_backlog,
       count(*) FILTER (WHERE accept_queue > 0) AS ticks_waiting,
       count(*) AS ticks
FROM tcp_info
WHERE state = 'LISTEN'
GROUP BY host, local_addr, local_port
ORDER BY max_accept_queue DESC, listener;
