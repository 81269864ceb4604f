package org.zosgrid.contract.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.pkcs11.SoftHsm;

class TokenSignerTest {
    private static final byte[] MESSAGE = "the same bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private SoftHsm hsm;

    @BeforeEach
    void token() throws IOException {
        hsm = new SoftHsm(directory);
        hsm.token("zos");
    }

    @Test
    void aKeyBehindATokenSignsInAnotherProcessAndOnlyWithItsPin() throws Exception {
        assertThat(step("create", "1234")).contains("verifies: true");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key()))).isEqualTo("rw-------");
        assertThat(TokenSigner.isTokenFile(key())).isTrue();
        assertThat(step("sign", "1234")).contains("verifies: true", "each half counts: true");
        assertThat(step("sign", "9999")).contains("to log in to the token 'zos'", "the PIN is wrong");
    }

    @Test
    void theTokenIsFoundAgainInWhateverSlotItIs() throws Exception {
        step("create", "1234");
        hsm.token("zos");
        hsm.token("other");
        assertThat(step("sign", "1234")).contains("verifies: true");
        Files.writeString(key(), Files.readString(key()).replaceFirst("\"serial\":\"[^\"]*\"", "\"serial\":\"0000\""));
        assertThat(step("sign", "1234")).contains("has no token 'zos' with the serial number 0000; it has [", "'other' in slot ");
    }

    @Test
    void aFileThatWasChangedOrMeetsAnotherKeyIsRefused() throws Exception {
        step("create", "1234");
        String good = Files.readString(key());
        int at = good.indexOf("\"wrapped\":\"") + 30;
        Files.writeString(key(), good.substring(0, at) + (good.charAt(at) == 'A' ? 'B' : 'A') + good.substring(at + 1));
        assertThat(step("sign", "1234")).contains("is not opened by the token");
        Files.writeString(key(), good.replaceFirst("\"publicKey\":\"[^\"]*\"", "\"publicKey\":\"" + Base64.getEncoder().encodeToString(SigningKey.generate().verificationKey().spki()) + "\""));
        assertThat(step("sign", "1234")).contains("does not belong to the key 'zos-");
        Files.writeString(key(), good.replaceFirst("zos-", "other-"));
        assertThat(step("sign", "1234")).contains("must hold one key 'other-", "holds none");
    }

    @Test
    void whatCouldNotBeFinishedLeavesNoKeysInTheToken() throws Exception {
        Files.createDirectory(key());
        Files.createFile(key().resolve("in-the-way"));
        assertThat(step("create", "1234")).contains("cannot write the key");
        // SoftHSM keeps each object in a file of its own beside two of the token's.
        try (var files = Files.list(hsm.tokens().getFirst())) {
            assertThat(files.map(each -> each.getFileName().toString()).filter(name -> name.endsWith(".object") && !name.startsWith("token"))).isEmpty();
        }
    }

    /** Files as they were before the Ed25519 half moved into the token: made by the JDK's provider, both halves wrapped. */
    @Test
    void aKeyOfTheEarlierFormStillOpens() {
        assertThat(step("create-earlier", "1234")).contains("made");
        assertThat(step("sign", "1234")).contains("verifies: true");
        assertThat(step("sign", "9999")).contains("the PIN is wrong");
    }

    private Path key() {
        return directory.resolve("key.json");
    }

    private String step(String what, String pin) {
        return hsm.java(Step.class, what, key().toString(), pin);
    }

    /** What runs in a process of its own. */
    static final class Step {
        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[1]);
            char[] pin = arguments[2].toCharArray();
            try {
                switch (arguments[0]) {
                    case "create" -> sign(TokenSigner.create(file, SoftHsm.LIBRARY, "zos", pin));
                    case "create-earlier" -> createEarlier(file, pin);
                    default -> sign(TokenSigner.open(file, SoftHsm.LIBRARY, pin));
                }
            } catch (ContractException | java.io.UncheckedIOException refused) {
                System.out.println(refused.getMessage());
            }
        }

        private static void sign(TokenSigner signer) {
            byte[] signature = signer.sign(MESSAGE);
            System.out.println("verifies: " + signer.verificationKey().verify(MESSAGE, signature));
            byte[] otherCurve = signature.clone();
            otherCurve[signature.length - 1] ^= 1;
            byte[] otherLattice = signature.clone();
            otherLattice[0] ^= 1;
            System.out.println("each half counts: " + !(signer.verificationKey().verify(MESSAGE, otherCurve) || signer.verificationKey().verify(MESSAGE, otherLattice)));
        }

        private static void createEarlier(Path file, char[] pin) throws Exception {
            Provider token = Security.getProvider("SunPKCS11").configure("--name = zos\nlibrary = " + SoftHsm.LIBRARY + "\nslotListIndex = 0\n"
                    + "attributes(generate, CKO_SECRET_KEY, CKK_AES) = {\n CKA_SENSITIVE = true\n CKA_EXTRACTABLE = false\n CKA_ENCRYPT = true\n CKA_DECRYPT = true\n}\n");
            KeyStore store = KeyStore.getInstance("PKCS11", token);
            store.load(null, pin);
            KeyGenerator generator = KeyGenerator.getInstance("AES", token);
            generator.init(256);
            store.setKeyEntry("zos-earlier", generator.generateKey(), null, null);
            SigningKey key = SigningKey.generate();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", token);
            byte[] nonce = new byte[12];
            cipher.init(Cipher.ENCRYPT_MODE, (SecretKey) store.getKey("zos-earlier", null), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(key.id().bytes());
            Files.write(file, StrictJson.bytes(StrictJson.object().put("token", "zos-earlier").put("slot", 0).put("publicKey", key.verificationKey().spki())
                    .put("nonce", nonce).put("wrapped", cipher.doFinal(key.pkcs8()))));
            System.out.println("made");
        }
    }
}
