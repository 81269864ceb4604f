package org.zosgrid.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What the kernel counted of processes that run, their children that ended included. */
final class ProcessorTime {
    private static final int TICK_MILLIS = 10; // USER_HZ is 100 on every Linux of x86 and ARM

    private ProcessorTime() {}

    /** Of one process and of all that it started, user and system. */
    static Duration ofTree(ProcessHandle root) {
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            return descendants.map(ProcessorTime::of).reduce(of(root), Duration::plus);
        }
    }

    private static Duration of(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] field = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            // utime, stime, cutime, cstime of proc(5)
            return Duration.ofMillis(TICK_MILLIS * (Long.parseLong(field[11]) + Long.parseLong(field[12]) + Long.parseLong(field[13]) + Long.parseLong(field[14])));
        } catch (IOException ended) {
            return Duration.ZERO; // what it took is its parent's now
        }
    }
}
