-- Which processes hold the connections?
-- needs: owner, connection
-- look for: many more sockets than its work needs; CLOSE_WAIT (it does not close); queues that it does not empty. Needs `record --sources +owner`.
-- param: top = 40: how many processes to show
SELECT o.host,
       o.pid,
       o.comm,
       o.cgroup,
       count(*) FILTER (c.state = 'LISTEN') AS listen,
       count(*) FILTER (c.state = 'ESTABLISHED') AS established,
       count(*) FILTER (c.state = 'CLOSE_WAIT') AS close_wait,
       count(*) FILTER (c.state NOT IN ('LISTEN', 'ESTABLISHED', 'CLOSE_WAIT')) AS other,
       sum(c.rx_queue)::BIGINT AS rx_queue,
       sum(c.tx_queue)::BIGINT AS tx_queue,
       count(*) FILTER (c.owners > 1) AS shared
FROM owner o
JOIN connection c ON c.snapshot_id = o.snapshot_id AND c.inode = o.inode
WHERE o.snapshot_id IN (SELECT max(snapshot_id) FROM owner GROUP BY host)
GROUP BY o.host, o.pid, o.start_time, o.comm, o.cgroup
ORDER BY count(*) DESC, o.host, o.pid
LIMIT getvariable('top');
