-- A socket at a tick: what /proc/net/tcp and sock_diag say of it, in one row.
-- A message of sock_diag and a line of /proc/net/tcp are one socket if the 4-tuple is the same and the inodes do not differ;
-- listeners and other sockets without a peer, which may share a port, by inode alone. Columns are those of tcp_info; a line
-- fills what a message lacks; of a socket in both, one of /proc/net/tcp goes before one of netstat. A socket that one walk
-- lists twice counts once, the later row; so do two sockets with the same 4-tuple on different interfaces.
-- needs: tcp_info, tcp, owner
-- column state: ; TCP state, of the message where there is one; CLOSE is seen by sock_diag alone.
-- column uid: ; Owner, in the recorder's user namespace; of a request the listener's, from /proc/net/tcp; 0 on time_wait rows.
-- column expires: ms; Time until the timer fires; 0 without a timer, and where it has expired. From /proc/net/tcp cut to whole USER_HZ ticks.
-- column retransmits: ; Time-outs in a row without an answer; of a request SYN-ACK time-outs, from /proc/net/tcp.
-- column rto: us; Retransmission time-out with its back-off. From /proc/net/tcp cut to whole USER_HZ ticks. NULL: a mini socket.
-- column ato: us; Delayed ACK time-out estimate; 0 without one. From /proc/net/tcp cut to whole USER_HZ ticks. NULL: a mini socket.
-- column pid: ; A process that holds the socket, the lowest number of several. NULL: none is known, or source owner is not recorded.
-- column comm: ; Name of the process pid. NULL: none is known, or source owner is not recorded.
-- column owners: ; How many processes hold the socket; 0 where none is known, or source owner is not recorded.
-- column sources: ; Which copies list the socket: both, tcp or tcp_info. A socket that changes between the two may be in one only.
WITH holder AS (
  SELECT snapshot_id, inode & 4294967295 AS inode, min(pid) AS pid, arg_min_null(comm, pid) AS comm, count(DISTINCT pid) AS owners
  FROM owner
  GROUP BY ALL
), message AS (
  SELECT *, CASE WHEN remote_port = 0 THEN inode ELSE 0 END AS lone
  FROM lines_tcp_info()
  QUALIFY conn IS NULL OR row_number() OVER (PARTITION BY snapshot_id, conn, lone ORDER BY line DESC) = 1
), line AS (
  SELECT *, CASE WHEN remote_port = 0 THEN inode & 4294967295 ELSE 0 END AS lone
  FROM tcp
  QUALIFY conn IS NULL OR row_number() OVER (PARTITION BY snapshot_id, conn, lone ORDER BY sl DESC NULLS LAST) = 1
), socket AS (
  SELECT m.* EXCLUDE (lone, line, source, timer_code, timer_retrans, fackets, last_ack_sent, mem_rmem, mem_wmem, mem_fmem, mem_tmem, protocol)
         REPLACE (CASE WHEN m.row_kind = 'request' THEN coalesce(l.uid, m.uid) ELSE m.uid END AS uid,
                  coalesce(m.retransmits, l.retrnsmt) AS retransmits,
                  coalesce(m.probes, l.timeout) AS probes),
         l.quick, l.pingpong, l.fastopen_queue_max,
         CASE WHEN l.conn IS NULL THEN 'tcp_info' ELSE 'both' END AS sources
  FROM message m
  LEFT JOIN line l ON l.snapshot_id = m.snapshot_id AND l.conn = m.conn AND l.lone = m.lone
                  AND (coalesce(l.inode, 0) = 0 OR coalesce(m.inode, 0) = 0 OR l.inode & 4294967295 = m.inode)
  UNION ALL BY NAME
  SELECT l.snapshot_id, l.ts, l.host, l.netns, l.conn, l.family, l.local_addr, l.local_port, l.remote_addr, l.remote_port,
         l.state, l.row_kind, l.uid, l.inode, l.tx_queue, l.rx_queue, l.accept_queue, l.timer,
         CASE WHEN l.timer_code = 0 THEN 0 ELSE l.timer_ms END AS expires,
         l.retrnsmt AS retransmits, l.timeout AS probes, l.rto_ms * 1000 AS rto, l.ato_ms * 1000 AS ato,
         l.cwnd AS snd_cwnd, l.ssthresh AS snd_ssthresh, l.in_initial_slowstart,
         l.quick, l.pingpong, l.fastopen_queue_max, 'tcp' AS sources
  FROM line l
  ANTI JOIN message m ON l.snapshot_id = m.snapshot_id AND l.conn = m.conn AND l.lone = m.lone
                     AND (coalesce(l.inode, 0) = 0 OR coalesce(m.inode, 0) = 0 OR l.inode & 4294967295 = m.inode)
)
SELECT s.* EXCLUDE (sources), h.pid, h.comm, coalesce(h.owners, 0) AS owners, s.sources
FROM socket s
LEFT JOIN holder h ON h.snapshot_id = s.snapshot_id AND h.inode = s.inode & 4294967295 AND s.inode <> 0;
