-- How a counter of snmp, netstat or snmp6 grew between two ticks, and that per second.
-- Gauges and settings among the names (CurrEstab, RtoMin, DefaultTTL, ...) are left out. Lower than before is a reset, but for
-- 32-bit hosts, where an unsigned long wraps at 2^32 (see the macro grown_long).
-- needs: counter, tick
-- column ts: ; Time of the tick that ends the interval, UTC.
-- column interval_s: s; Length of the interval by the monotonic clock; it spans ticks that were missed.
-- column wall_clock: ; Whether the archive has no clock but the wall clock, so that interval_s is wrong where that stepped.
-- column missed: ; Scheduled ticks inside the interval that have no row of this counter. NULL: the recorder was restarted in between, or the archive does not say.
-- column reset: ; Whether the counter is lower than before and did not wrap; delta and per_s are NULL then.
-- column delta: ; Growth of the value in the interval; most count events or packets, Octets bytes.
-- column per_s: 1/s; Growth of the value per second.
WITH seen AS (
  SELECT c.*, hash(t.boot, c.netns, c.source, c.proto, c.name) AS series,
         t.run, t.clock_ns, t.wall_clock, t.scheduled, t.is_32bit
  FROM lines_counter() c JOIN tick t ON t.snapshot_id = c.snapshot_id
  WHERE c.name NOT IN ('CurrEstab', 'MPCurrEstab', 'RtoAlgorithm', 'RtoMin', 'RtoMax', 'MaxConn', 'Forwarding', 'DefaultTTL')
), once AS (
  SELECT * FROM seen
  QUALIFY lead(snapshot_id) OVER (PARTITION BY series ORDER BY clock_ns, line) IS DISTINCT FROM snapshot_id
), pair AS (
  SELECT *,
         (clock_ns - lag(clock_ns) OVER w) / 1e9 AS interval_s,
         CASE WHEN run = lag(run) OVER w THEN scheduled - lag(scheduled) OVER w - 1 END AS missed,
         lag(value) OVER w AS value_before
  FROM once
  WINDOW w AS (PARTITION BY series ORDER BY clock_ns)
)
SELECT snapshot_id, ts, host, netns, source, proto, name, interval_s, wall_clock, missed,
       grown_long(value, value_before, is_32bit) AS delta,
       delta / interval_s AS per_s,
       fell(value, value_before, delta) AS reset
FROM pair
WHERE interval_s > 0;
