package org.zosgrid.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A password that two processes of ours share through a file. */
final class Secret {
    /** As many as a Zero-DB takes in hexadecimal digits. */
    private static final int BYTES = 24;

    private Secret() {}

    /** Made once, readable by the owner alone. */
    static String of(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Path temporary = Files.createTempFile(file.getParent(), "password", ""); // mode 600
            Files.writeString(temporary, HexFormat.of().formatHex(random));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }
}
