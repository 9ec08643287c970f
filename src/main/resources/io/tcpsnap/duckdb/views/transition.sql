-- A change of a connection's state between two ticks.
-- Both states are of the same connection (see sighting): a 4-tuple that is used again is no change, and what passes between
-- two ticks is not seen. First and last sightings are in connection_life.
-- needs: sighting
-- column ts: ; Time of the first tick with the new state, UTC.
-- column before: ; TCP state at the sighting before.
-- column after: ; TCP state now.
-- column interval_s: s; Time between the two sightings, in which the change happened, by the monotonic clock.
-- column missed: ; Scheduled ticks between the two sightings that do not show the connection. NULL: the recorder was restarted in between, or the archive does not say.
SELECT snapshot_id, ts, host, netns, conn, cookie, family, local_addr, local_port, remote_addr, remote_port,
       before, state AS after, interval_s, wall_clock, missed
FROM sighting
WHERE before <> state;
