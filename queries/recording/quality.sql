-- Can this recording be trusted: are there missed ticks, slow sources or anything that did not decode?
-- needs: snapshot, snapshot_source, problem
-- look for: anything but zero in missed, errors and problems; a slowest source that takes long beside the interval.
SELECT host,
       count(*) AS ticks,
       min(ts) AS first_tick,
       max(ts) AS last_tick,
       sum(missed) AS missed,
       max(duration_us) AS slowest_tick_us,
       (SELECT arg_max(source, duration_us) FROM snapshot_source) AS slowest_source,
       (SELECT count(*) FROM snapshot_source WHERE error IS NOT NULL) AS source_errors,
       (SELECT count(*) FROM problem) AS problems
FROM snapshot
GROUP BY host
ORDER BY host;
