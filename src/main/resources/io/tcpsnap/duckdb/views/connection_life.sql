-- A connection over all ticks of a boot: first and last sighting, totals, and how it ended.
-- Totals are the kernel's, since the socket was made and up to the last tick that has them; what passed after it is not seen.
-- needs: sighting
-- column cookie: ; Names the socket within a boot; ss prints it as sk in hexadecimal. NULL: seen in /proc/net/tcp alone.
-- column inode: ; Inode of the socket while a process held it; 0 where no tick saw one.
-- column uid: ; Owner at the first sighting, in the recorder's user namespace.
-- column first_ts: ; First tick that shows it, UTC.
-- column last_ts: ; Last tick that shows it, UTC.
-- column span_s: s; From the first to the last sighting, by the monotonic clock.
-- column wall_clock: ; Whether the archive has no clock but the wall clock, so that span_s is wrong where that stepped.
-- column ticks: ; Ticks that show it.
-- column first_state: ; TCP state at the first sighting.
-- column last_state: ; TCP state at the last sighting: TIME_WAIT and LAST_ACK are a close, ESTABLISHED without open_at_end a reset or a close between ticks.
-- column open_at_start: ; Whether the first tick that lists sockets shows it: it began before the recording.
-- column open_at_end: ; Whether the last tick that lists sockets shows it: it had not ended.
-- column max_rtt: us; Highest smoothed RTT of a tick.
SELECT any_value(host) AS host, any_value(netns) AS netns, conn,
       arg_max(cookie, clock_ns) AS cookie,
       max(inode) AS inode,
       arg_min(uid, clock_ns) AS uid,
       any_value(family) AS family,
       any_value(local_addr) AS local_addr, any_value(local_port) AS local_port,
       any_value(remote_addr) AS remote_addr, any_value(remote_port) AS remote_port,
       arg_min(ts, clock_ns) AS first_ts, arg_max(ts, clock_ns) AS last_ts,
       (max(clock_ns) - min(clock_ns)) / 1e9 AS span_s,
       any_value(wall_clock) AS wall_clock,
       count(DISTINCT snapshot_id) AS ticks,
       arg_min(state, clock_ns) AS first_state, arg_max(state, clock_ns) AS last_state,
       bool_or(first_of_boot) AS open_at_start, bool_or(last_of_boot) AS open_at_end,
       max(bytes_acked) AS bytes_acked, max(bytes_received) AS bytes_received,
       max(bytes_sent) AS bytes_sent, max(bytes_retrans) AS bytes_retrans,
       arg_max(data_segs_out, clock_ns) AS data_segs_out, arg_max(data_segs_in, clock_ns) AS data_segs_in,
       arg_max(total_retrans, clock_ns) AS total_retrans,
       min(min_rtt) AS min_rtt, max(rtt) AS max_rtt
FROM sighting
GROUP BY boot, conn, lone, life;
