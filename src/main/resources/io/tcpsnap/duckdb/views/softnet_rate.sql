-- What a CPU processed and dropped between two ticks: the growth of its softnet counters, and that per second.
-- The counters have 32 bits on every host and wrap (see the macro grown32). A CPU that was offline in between has one interval
-- over that time.
-- needs: softnet, tick
-- column ts: ; Time of the tick that ends the interval, UTC.
-- column interval_s: s; Length of the interval by the monotonic clock; it spans ticks that were missed.
-- column wall_clock: ; Whether the archive has no clock but the wall clock, so that interval_s is wrong where that stepped.
-- column missed: ; Scheduled ticks inside the interval that have no row of this CPU. NULL: the recorder was restarted in between, or the archive does not say.
-- column reset: ; Whether a counter is lower than before and did not wrap: it began anew. Its difference is NULL then.
-- column *_delta: {unit}; Growth in the interval of: {doc}
-- column *_per_s: {unit}/s; Growth per second of: {doc}
WITH seen AS (
  SELECT s.*, hash(t.boot, s.netns, s.cpu) AS series, t.run, t.clock_ns, t.wall_clock, t.scheduled
  FROM lines_softnet() s JOIN tick t ON t.snapshot_id = s.snapshot_id
), once AS (
  SELECT * FROM seen
  QUALIFY lead(snapshot_id) OVER (PARTITION BY series ORDER BY clock_ns, line) IS DISTINCT FROM snapshot_id
), pair AS (
  SELECT *,
         (clock_ns - lag(clock_ns) OVER w) / 1e9 AS interval_s,
         CASE WHEN run = lag(run) OVER w THEN scheduled - lag(scheduled) OVER w - 1 END AS missed,
         lag(processed) OVER w AS processed_before,
         lag(dropped) OVER w AS dropped_before,
         lag(time_squeeze) OVER w AS time_squeeze_before,
         lag(received_rps) OVER w AS received_rps_before,
         lag(flow_limit_count) OVER w AS flow_limit_count_before
  FROM once
  WINDOW w AS (PARTITION BY series ORDER BY clock_ns)
)
SELECT snapshot_id, ts, host, netns, cpu, interval_s, wall_clock, missed,
       grown32(processed, processed_before, interval_s) AS processed_delta, processed_delta / interval_s AS processed_per_s,
       grown32(dropped, dropped_before, interval_s) AS dropped_delta, dropped_delta / interval_s AS dropped_per_s,
       grown32(time_squeeze, time_squeeze_before, interval_s) AS time_squeeze_delta, time_squeeze_delta / interval_s AS time_squeeze_per_s,
       grown32(received_rps, received_rps_before, interval_s) AS received_rps_delta, received_rps_delta / interval_s AS received_rps_per_s,
       grown32(flow_limit_count, flow_limit_count_before, interval_s) AS flow_limit_count_delta, flow_limit_count_delta / interval_s AS flow_limit_count_per_s,
       fell(processed, processed_before, processed_delta)
       OR fell(dropped, dropped_before, dropped_delta)
       OR fell(time_squeeze, time_squeeze_before, time_squeeze_delta)
       OR fell(received_rps, received_rps_before, received_rps_delta)
       OR fell(flow_limit_count, flow_limit_count_before, flow_limit_count_delta) AS reset
FROM pair
WHERE interval_s > 0;
