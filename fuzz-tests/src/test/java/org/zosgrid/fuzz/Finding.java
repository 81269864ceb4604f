package org.zosgrid.fuzz;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** An input that breaks a promise; says how to repeat it. */
final class Finding extends AssertionError {
    private static final long serialVersionUID = 1;

    /** Inputs up to this length, in bytes, are printed whole: a CI machine's files may be gone. */
    private static final int PRINTED = 4096;

    private Finding(String message, Throwable cause) {
        super(message, cause);
    }

    /** Runs a target on one input. */
    static void unless(Class<?> target, byte[] input, Runnable promise) {
        try {
            promise.run();
        } catch (Throwable broken) {
            throw new Finding(target.getSimpleName() + " found " + input.length + " bytes for which its promise does not hold: " + broken
                    + "\nRepeat it: ./zos test -pl fuzz-tests -am -Dtest=" + target.getSimpleName() + " -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.on=0 -Dfuzz.input=" + file(input)
                    + (input.length > PRINTED ? "" : "\nThe file's bytes in base64: " + Base64.getEncoder().encodeToString(input)), broken);
        }
    }

    /** Where libFuzzer keeps it: named by SHA-1, in the directory where the fuzzer stands. */
    private static Path file(byte[] input) {
        try {
            return Path.of("crash-" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(input))).toAbsolutePath();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
