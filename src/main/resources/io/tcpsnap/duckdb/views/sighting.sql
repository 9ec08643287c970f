-- A connection at a tick, beside the tick before in which it was seen: what transition and connection_life are made of.
-- Rows of one 4-tuple are the same connection while the cookie is the same; without cookies (/proc/net/tcp alone) while the
-- inodes do not differ, and until it opens anew after it had closed.
-- needs: connection, tick, snapshot_source
-- column ts: ; Time of the tick, UTC.
-- column boot: ; Number of the boot, as in tick.
-- column lone: ; The inode, where there is no peer: listeners may share a port; else 0. With boot, conn and life it names one connection.
-- column life: ; Number of the connection among those with the same 4-tuple, from 1.
-- column before: ; TCP state at the sighting before. NULL: the first sighting.
-- column interval_s: s; Time since the sighting before, by the monotonic clock. NULL: the first sighting.
-- column wall_clock: ; Whether the archive has no clock but the wall clock, so that interval_s is wrong where that stepped.
-- column missed: ; Scheduled ticks since the sighting before that do not show the connection. NULL: the first sighting, the recorder was restarted in between, or the archive does not say.
-- column first_of_boot: ; Whether no earlier tick of the boot that lists sockets is open.
-- column last_of_boot: ; Whether no later tick of the boot that lists sockets is open.
WITH listing AS (
  SELECT *, clock_ns = min(clock_ns) OVER (PARTITION BY boot) AS first_of_boot,
         clock_ns = max(clock_ns) OVER (PARTITION BY boot) AS last_of_boot
  FROM tick
  WHERE snapshot_id IN (
    SELECT snapshot_id FROM snapshot_source
    WHERE source IN ('proc/net/tcp', 'proc/net/tcp6', 'sock_diag/tcp', 'ss/tcp', 'netstat/tcp') AND error IS NULL)
), seen AS (
  SELECT c.snapshot_id, c.ts, c.host, c.netns, c.conn, c.cookie, c.inode, c.uid, c.family,
         c.local_addr, c.local_port, c.remote_addr, c.remote_port, c.state, c.row_kind,
         c.bytes_acked, c.bytes_received, c.bytes_sent, c.bytes_retrans, c.data_segs_out, c.data_segs_in, c.total_retrans,
         c.rtt, c.min_rtt, CASE WHEN c.remote_port = 0 THEN c.inode ELSE 0 END AS lone,
         t.boot, t.run, t.clock_ns, t.wall_clock, t.scheduled, t.first_of_boot, t.last_of_boot
  FROM connection c JOIN listing t ON t.snapshot_id = c.snapshot_id
), pair AS (
  SELECT *,
         lag(state) OVER w AS state_before,
         lag(clock_ns) OVER w AS clock_before,
         CASE WHEN run = lag(run) OVER w THEN scheduled - lag(scheduled) OVER w - 1 END AS missed_before,
         CASE WHEN clock_before IS NULL THEN true
              WHEN cookie IS NOT NULL AND lag(cookie) OVER w IS NOT NULL THEN cookie <> lag(cookie) OVER w
              WHEN inode <> 0 AND lag(inode) OVER w <> 0 THEN inode & 4294967295 <> lag(inode) OVER w & 4294967295
              ELSE coalesce(state_before IN ('TIME_WAIT', 'CLOSE', 'CLOSING', 'LAST_ACK')
                            AND state IN ('SYN_SENT', 'SYN_RECV', 'ESTABLISHED'), false) END AS new
  FROM seen
  WINDOW w AS (PARTITION BY boot, conn, lone ORDER BY clock_ns, cookie NULLS FIRST)
)
SELECT snapshot_id, ts, host, netns, boot, conn, lone,
       (sum(new::INTEGER) OVER (PARTITION BY boot, conn, lone ORDER BY clock_ns, cookie NULLS FIRST))::BIGINT AS life,
       cookie, inode, uid, family, local_addr, local_port, remote_addr, remote_port,
       CASE WHEN NOT new THEN state_before END AS before,
       state, row_kind,
       CASE WHEN NOT new THEN (clock_ns - clock_before) / 1e9 END AS interval_s,
       wall_clock,
       CASE WHEN NOT new THEN greatest(missed_before, 0) END AS missed,
       clock_ns, first_of_boot, last_of_boot,
       bytes_acked, bytes_received, bytes_sent, bytes_retrans, data_segs_out, data_segs_in, total_retrans, rtt, min_rtt
FROM pair;
