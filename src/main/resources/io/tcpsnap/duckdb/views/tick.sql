-- The place of a tick in time: the clock that rates divide by, and which ticks can be compared.
-- needs: snapshot, recording
-- column boot: ; Number of the boot, from 1; ticks of two boots have no clock in common. Recordings without a boot id count as a boot each.
-- column run: ; Number of the recording, from 1: one run of the recorder.
-- column clock_ns: ns; Clock that orders the ticks of a boot: CLOCK_MONOTONIC, which neither steps nor counts suspension; where the archive lacks it the wall clock, from which a step of more than 50 ms is taken out by CLOCK_BOOTTIME; where wall_clock says so the wall clock alone.
-- column wall_clock: ; Whether the archive has no clock but the wall clock: intervals are wrong where it stepped.
-- column scheduled: ; Number of the tick in the schedule of its recording, missed and lost ones counted. NULL: the archive does not say what was missed.
-- column is_32bit: ; Whether the host's unsigned long has 32 bits, by the machine's name.
WITH clocks AS (
  SELECT s.snapshot_id, s.ts, s.host, s.netns, s.seq, s.missed, s.monotonic_ns, s.boottime_ns, s.realtime_ns,
         r.machine, r.recording, coalesce(nullif(r.boot_id, ''), r.recording) AS boot_id,
         s.monotonic_ns IS NULL AS no_monotonic,
         s.monotonic_ns IS NULL AND s.boottime_ns IS NULL AS wall_clock
  FROM snapshot s JOIN recording r ON r.segment = s.segment
), booted AS ( -- in a shell recording, CLOCK_BOOTTIME has hundredths of a second, and the wall clock more or fewer digits
  SELECT *, realtime_ns - boottime_ns AS booted,
         first_value(realtime_ns - boottime_ns) OVER (PARTITION BY host, boot_id ORDER BY boottime_ns) AS first_booted
  FROM clocks
), placed AS (
  SELECT *,
         dense_rank() OVER (ORDER BY host, boot_id, no_monotonic, wall_clock) AS boot,
         dense_rank() OVER (ORDER BY host, recording) AS run,
         coalesce(monotonic_ns,
                  CASE WHEN abs(booted - first_booted) > 50_000_000 THEN boottime_ns + first_booted END,
                  realtime_ns) AS clock_ns
  FROM booted
)
SELECT snapshot_id, ts, host, netns, boot, run, clock_ns, wall_clock,
       CASE WHEN missed IS NOT NULL THEN (seq + sum(missed) OVER (PARTITION BY run ORDER BY seq))::BIGINT END AS scheduled,
       coalesce(machine NOT LIKE '%64%' AND machine NOT IN ('s390x', 'alpha'), false) AS is_32bit
FROM placed;
