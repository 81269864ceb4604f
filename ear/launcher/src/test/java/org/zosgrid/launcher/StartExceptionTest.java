package org.zosgrid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** What people read when a file keeps the control plane from something. */
class StartExceptionTest {
    @Test
    void aFailureThatSaysNothingButAFileIsExplained() {
        assertThat(told(new NoSuchFileException("/nowhere/b.zip.part"))).isEqualTo("--backup failed: there is no such file or directory: /nowhere/b.zip.part");
        assertThat(told(new AccessDeniedException("/closed/b.zip.part"))).isEqualTo("--backup failed: no permission for /closed/b.zip.part");
        assertThat(told(new FileSystemException("/mnt/b.zip.part"))).isEqualTo("--backup failed: java.nio.file.FileSystemException: /mnt/b.zip.part");
    }

    @Test
    void whatHasAReasonIsToldWithIt() {
        assertThat(told(new FileSystemException("/mnt/b.zip.part", null, "Read-only file system"))).isEqualTo("--backup failed: /mnt/b.zip.part: Read-only file system");
        assertThat(told(new IOException("No space left on device"))).isEqualTo("--backup failed: No space left on device");
    }

    private static String told(IOException failed) {
        return String.valueOf(new StartException("--backup failed", failed).getMessage());
    }
}
