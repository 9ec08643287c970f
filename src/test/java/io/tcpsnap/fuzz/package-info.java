/**
 * Coverage-guided fuzzing (Jazzer) of everything that reads bytes which others made. Each class has one target, which says
 * what holds for any bytes: rows, problems, damage or an IOException of one line, and memory in the order of the input.
 *
 * <p>A normal build runs each target over its kept inputs, {@code src/test/resources/io/tcpsnap/fuzz/<class>Inputs}:
 * cuts of real recordings, and what once made a parser fail. This fuzzes:
 *
 * <pre>
 * mvn -q -Pfuzz test                                        each target for 10 s
 * mvn -q -Pfuzz test -Dtest=ImportFuzzTest -Dfuzz.time=1h   one for an hour
 * </pre>
 *
 * <p>New inputs that reach more code gather in {@code .cifuzz-corpus}, from where the next run goes on; an input that fails
 * is written to the folder of kept inputs, to be committed with what mends it.
 *
 * <p>{@link io.tcpsnap.fuzz.MutatedArchives} is a long run by hand over whole files. 100,000 mutations of a recording with all
 * sources, opened, redacted and sliced in 256 MiB of heap: no exception but IOException, none over 2.8 s on a busy machine, no file
 * outside of the output's folder; 36 minutes. Later 60,000 of another, with two network namespaces: one exception, mended then, else
 * none over 1.6 s; 20 minutes.
 */
package io.tcpsnap.fuzz;
