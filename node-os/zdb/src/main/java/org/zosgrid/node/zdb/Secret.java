package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The store's own key. SELECT SECURE proves knowledge of a password without sending it, so the store must know the password itself, and a hash is not
 * enough: namespaces keep it encrypted under this key, which lies apart from them, readable by the store's user alone.
 */
final class Secret {
    private static final String FILE = "secret.key";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;

    Secret(Path directory) {
        this.directory = directory;
    }

    String seal(String password) {
        try {
            byte[] nonce = new byte[NONCE];
            RANDOM.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException | IOException failed) {
            throw new ZdbException.DiskFailed("Could not update namespace", failed);
        }
    }

    String open(String sealed) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(sealed));
            byte[] nonce = new byte[NONCE];
            bytes.get(nonce);
            byte[] rest = new byte[bytes.remaining()];
            bytes.get(rest);
            return new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(rest), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IOException | RuntimeException failed) {
            throw new ZdbException.DiskFailed("Access denied", failed);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException, IOException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private synchronized byte[] key() throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            byte[] fresh = new byte[32];
            RANDOM.nextBytes(fresh);
            Path temporary = directory.resolve(FILE + ".new");
            Files.deleteIfExists(temporary);
            Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(temporary, fresh);
            Files.move(temporary, file);
        }
        return Files.readAllBytes(file);
    }
}
