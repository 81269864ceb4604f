package org.zosgrid.workloads;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.zosgrid.contract.Digests;
import org.zosgrid.model.ChangeEvents.Position;

/**
 * Positions in the stream of events as listeners see them. They are numbers of the whole database's transactions, so of two of them one could read how much others did meanwhile: enciphered, each is one
 * block of AES, of which nothing is the same in the next. One that was made up becomes numbers that are no position, almost surely; and whoever hits one reads their own organisation's events.
 */
final class SealedPosition {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    private final SecretKeySpec key;

    /** @param secret of the organisation */
    SealedPosition(String secret) {
        this.key = new SecretKeySpec(HexFormat.of().parseHex(Digests.sha256Hex(secret.getBytes(StandardCharsets.UTF_8))), "AES");
    }

    String written(Position position) {
        return HexFormat.of().formatHex(block(Cipher.ENCRYPT_MODE, ByteBuffer.allocate(2 * Long.BYTES).putLong(position.transaction()).putLong(position.id()).array()));
    }

    /** Empty for what is none. */
    Optional<Position> read(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        ByteBuffer block = ByteBuffer.wrap(block(Cipher.DECRYPT_MODE, HexFormat.of().parseHex(text)));
        Position position = new Position(block.getLong(), block.getLong());
        return Optional.of(position).filter(each -> each.transaction() >= 0 && each.id() >= 0);
    }

    /** A single block, and never the same one for two positions: there is nothing for a mode to chain. */
    private byte[] block(int mode, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher.doFinal(input);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
