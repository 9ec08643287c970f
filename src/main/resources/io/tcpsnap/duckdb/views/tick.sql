-- The place of a tick in time: the clock that rates divide by, and which ticks can be compared.
-- needs: snapshot, recording
-- column boot: ; Number of the boot, from 1; ticks of two boots have no clock in common. Recordings without a boot id count as a boot each.
-- column run: ; Number of the recording, from 1: one run of the recorder.
-- column clock_ns: ns; Clock that orders the ticks of a boot: CLOCK_MONOTONIC, which neither steps nor counts suspension; the wall clock where wall_clock says so.
-- column wall_clock: ; Whether the archive has no monotonic clock, so that the wall clock stands in: intervals are wrong where it stepped.
-- column scheduled: ; Number of the tick in the schedule of its recording, missed and lost ones counted. NULL: the archive does not say what was missed.
-- column is_32bit: ; Whether the host's unsigned long has 32 bits, by the machine's name.
WITH placed AS (
  SELECT s.snapshot_id, s.ts, s.host, s.netns, s.seq, s.missed, r.machine,
         dense_rank() OVER (ORDER BY s.host, coalesce(nullif(r.boot_id, ''), r.recording), s.monotonic_ns IS NULL) AS boot,
         dense_rank() OVER (ORDER BY s.host, r.recording) AS run,
         coalesce(s.monotonic_ns, s.realtime_ns) AS clock_ns,
         s.monotonic_ns IS NULL AS wall_clock
  FROM snapshot s JOIN recording r ON r.segment = s.segment
)
SELECT snapshot_id, ts, host, netns, boot, run, clock_ns, wall_clock,
       CASE WHEN missed IS NOT NULL THEN (seq + sum(missed) OVER (PARTITION BY run ORDER BY seq))::BIGINT END AS scheduled,
       coalesce(machine NOT LIKE '%64%' AND machine NOT IN ('s390x', 'alpha'), false) AS is_32bit
FROM placed;
