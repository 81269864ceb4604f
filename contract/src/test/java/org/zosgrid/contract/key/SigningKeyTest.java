package org.zosgrid.contract.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.ContractException;

class SigningKeyTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final byte[] MESSAGE = "the same bytes".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SIGNATURE = KEY.sign(MESSAGE);
    private static final int ML_DSA_65_BYTES = 3309;

    @TempDir
    Path directory;

    @Test
    void aKeySurvivesItsFileWhichOnlyItsOwnerMayRead() throws IOException {
        Path file = directory.resolve("key.pem");
        KEY.write(file, Optional.empty());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        SigningKey again = SigningKey.read(file, Optional.empty());
        assertThat(again.id()).isEqualTo(KEY.id());
        assertThat(KEY.verificationKey().verify(MESSAGE, again.sign(MESSAGE))).isTrue();
    }

    @Test
    void anEncryptedKeyOpensWithItsPassphraseOnly() throws IOException {
        Path file = directory.resolve("key.pem");
        KEY.write(file, Optional.of("correct horse".toCharArray()));
        assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(SigningKey.read(file, Optional.of("correct horse".toCharArray())).id()).isEqualTo(KEY.id());
        assertThatThrownBy(() -> SigningKey.read(file, Optional.of("wrong".toCharArray()))).isInstanceOf(ContractException.class).hasMessageContaining("passphrase");
        assertThatThrownBy(() -> SigningKey.read(file, Optional.empty())).isInstanceOf(ContractException.class).hasMessageContaining("is encrypted");
    }

    @Test
    void aFileThatHoldsNoKeyIsRefusedWithItsName() throws IOException {
        Path file = directory.resolve("key.pem");
        for (String content : new String[] {
            "", "nonsense", "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "-----BEGIN PRIVATE KEY-----\nMC4C", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n",
            KEY.verificationKey().toPem()
        }) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> SigningKey.read(file, Optional.empty())).as(content).isInstanceOf(ContractException.class).hasMessageContaining("key.pem");
        }
    }

    @Test
    void aPublicKeySurvivesItsPem() {
        VerificationKey again = VerificationKey.fromPem(KEY.verificationKey().toPem());
        assertThat(again).isEqualTo(KEY.verificationKey());
        assertThat(again.verify(MESSAGE, SIGNATURE)).isTrue();
    }

    /** Neither half stands alone: not cut off, not zeroed, not from another signature of the same key. */
    @Test
    void halfOfASignatureIsNone() {
        byte[] other = KEY.sign("other bytes".getBytes(StandardCharsets.UTF_8));
        int curve = SIGNATURE.length - 64;
        assertThat(SIGNATURE.length).isGreaterThanOrEqualTo(ML_DSA_65_BYTES + 64);
        byte[] mixed = SIGNATURE.clone();
        System.arraycopy(other, curve, mixed, curve, 64);
        assertThat(KEY.verificationKey().verify(MESSAGE, mixed)).isFalse();
        byte[] zeroed = SIGNATURE.clone();
        java.util.Arrays.fill(zeroed, 0, curve, (byte) 0);
        assertThat(KEY.verificationKey().verify(MESSAGE, zeroed)).isFalse();
        assertThat(KEY.verificationKey().verify(MESSAGE, java.util.Arrays.copyOf(SIGNATURE, curve))).isFalse();
        assertThat(KEY.verificationKey().verify(MESSAGE, java.util.Arrays.copyOfRange(SIGNATURE, curve, SIGNATURE.length))).isFalse();
    }

    @Property(tries = 200)
    void aChangedByteBreaksTheSignature(@ForAll int place, @ForAll byte change) {
        byte[] changed = SIGNATURE.clone();
        changed[Math.floorMod(place, changed.length)] ^= change == 0 ? 1 : change;
        assertThat(KEY.verificationKey().verify(MESSAGE, changed)).isFalse();
    }

    @Property(tries = 200)
    void nonsenseIsNeitherASignatureNorAKey(@ForAll byte[] nonsense) {
        assertThat(KEY.verificationKey().verify(MESSAGE, nonsense)).isFalse();
        assertThatThrownBy(() -> VerificationKey.fromSpki(nonsense)).isInstanceOf(ContractException.class);
    }

    @Property(tries = 200)
    void aTruncatedOrLengthenedKeyIsRefused(@ForAll int length) {
        byte[] spki = KEY.verificationKey().spki();
        int other = Math.floorMod(length, 2 * spki.length);
        if (other != spki.length) {
            assertThatThrownBy(() -> VerificationKey.fromSpki(java.util.Arrays.copyOf(spki, other))).isInstanceOf(ContractException.class);
        }
    }
}
