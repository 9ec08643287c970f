-- How many sockets are in a TCP state at a tick, for each of the 11 states.
-- A state without sockets has a row with 0, so that averages, minima and charts are right; a tick whose socket sources could
-- not be read has no row.
-- needs: connection, snapshot_source
-- column state: ; TCP state.
-- column sockets: ; Sockets in the state, each counted once; 0 where there are none.
WITH counted AS (
  SELECT snapshot_id, ts, host, netns, state, count(*) AS sockets
  FROM connection
  GROUP BY ALL
), copied AS (
  SELECT DISTINCT snapshot_id, ts, host, netns
  FROM snapshot_source
  WHERE source IN ('proc/net/tcp', 'proc/net/tcp6', 'sock_diag/tcp') AND error IS NULL
  UNION
  SELECT snapshot_id, ts, host, netns FROM counted
), states AS (
  SELECT unnest(enum_range(NULL::tcp_state))::tcp_state AS state
)
SELECT c.snapshot_id, c.ts, c.host, c.netns, s.state, coalesce(n.sockets, 0) AS sockets
FROM copied c CROSS JOIN states s
LEFT JOIN counted n ON n.snapshot_id = c.snapshot_id AND n.netns IS NOT DISTINCT FROM c.netns AND n.state = s.state;
