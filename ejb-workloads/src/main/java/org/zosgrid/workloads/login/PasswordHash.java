package org.zosgrid.workloads.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password as it is kept: Argon2id (RFC 9106) over it and a salt of its own, with 19 MiB and two passes, in the form {@code $argon2id$v=19$m=…,t=…,p=…$SALT$HASH}. What other parameters
 * made is still recognised.
 */
final class PasswordHash {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT = 16;
    private static final int LENGTH = 32;
    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9])\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of nothing that anybody could type: verified when there is no account, so that the time an answer takes does not say so. */
    private static final String NOBODYS = of(Base64.getEncoder().encodeToString(random(LENGTH)));

    private PasswordHash() {}

    static String of(String password) {
        byte[] salt = random(SALT);
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64(salt) + "$" + base64(hash(password, salt, MEMORY_KIB, PASSES, LANES));
    }

    /** Whether this is the password. */
    static boolean verify(String password, String kept) {
        Matcher parts = FORM.matcher(kept);
        if (!parts.matches()) {
            throw new IllegalStateException("a kept password is no hash of Argon2id");
        }
        byte[] hash = hash(password, Base64.getDecoder().decode(parts.group(4)), Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts.group(5)));
    }

    /** Takes as long as {@link #verify}; always false. */
    static boolean verifyNobodys(String password) {
        return verify(password, NOBODYS) && false;
    }

    private static byte[] hash(String password, byte[] salt, int memory, int passes, int lanes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13).withSalt(salt)
                .withMemoryAsKB(memory).withIterations(passes).withParallelism(lanes).build());
        byte[] hash = new byte[LENGTH];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
