-- Why do sockets have no owner?
-- needs: connection, snapshot_source, unreached
-- look for: EACCES: the recorder needs root to see other users' processes. Nothing unreached: a socket of the kernel itself (NFS), or one that changed hands between two copies. Needs `record --sources +owner`.
WITH last AS (
  SELECT max(snapshot_id) AS snapshot_id FROM snapshot_source WHERE source = 'owners' AND error IS NULL GROUP BY host
)
SELECT c.host,
       CASE WHEN c.inode <> 0 THEN 'a process that was not reached'
            WHEN c.row_kind <> 'socket' THEN 'none has one: ' || c.row_kind
            ELSE 'closed by its process, or not accepted yet' END AS why,
       c.state,
       count(*) AS sockets,
       CASE WHEN why LIKE 'a process%'
            THEN (SELECT string_agg(u.processes || ' ' || u.reason, ', ' ORDER BY u.processes DESC)
                  FROM unreached u WHERE u.snapshot_id = c.snapshot_id AND u.source = 'owners') END AS processes_unreached
FROM connection c JOIN last USING (snapshot_id)
WHERE c.owners = 0
GROUP BY c.host, c.snapshot_id, why, c.state
ORDER BY c.host, why, sockets DESC, c.state;
