package org.zosgrid.tests.container;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Numbers of stages, which are part of the names and addresses of their networks: no two test runs on one machine have the same at one time. */
public final class StageNumber {
    /** 0 to 99 are left to people; a number is a byte of an address. */
    private static final int FIRST = 100;
    private static final int LAST = 254;
    /** Open until the process ends, however it ends: with it goes the lock. */
    private static final List<FileChannel> TAKEN = new ArrayList<>();

    private StageNumber() {}

    /** A number that nobody else on this machine has until this process ends. */
    public static synchronized int take() throws IOException {
        for (int number = FIRST; number <= LAST; number++) {
            Path file = Path.of(System.getProperty("java.io.tmpdir"), "zos-stage-" + number + ".lock");
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                TAKEN.add(channel);
                return number;
            }
            channel.close();
        }
        throw new IllegalStateException("all numbers of stages from " + FIRST + " to " + LAST + " are taken");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }
}
