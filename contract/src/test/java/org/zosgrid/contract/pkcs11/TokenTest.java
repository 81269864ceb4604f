package org.zosgrid.contract.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.ContractException;

class TokenTest {
    @TempDir
    Path directory;

    private SoftHsm hsm;

    @BeforeEach
    void token() throws IOException {
        hsm = new SoftHsm(directory);
        hsm.token("zos");
    }

    @Test
    void aPrivateKeySignsAndNobodyGetsItOut() {
        assertThat(step("make", "zos", "1234")).contains("signature verifies: true")
                .contains("private value: token: to read attribute 0x11 of a key in", "CKR_ATTRIBUTE_SENSITIVE")
                .contains("wrapping value: token: to read attribute 0x11 of a key in")
                .contains("extractable: [0], sensitive: [1]");
        assertThat(step("sign", "0", "1234")).contains("signature verifies: true");
    }

    @Test
    void whatWasEncryptedIsDecryptedAndWhatWasChangedIsNot() {
        assertThat(step("make", "zos", "1234")).contains("decrypted: secret").contains("changed: token: to decrypt in").contains("other owner: token: to decrypt in");
    }

    @Test
    void aWrongPinIsSaid() {
        assertThat(step("make", "zos", "9999")).contains("CKR_PIN_INCORRECT: the PIN is wrong");
        assertThat(step("make", "zos", "")).contains("the PIN is wrong");
    }

    @Test
    void anAbsentTokenIsSaidAndTwoOfOneLabelMustBeNamedByTheirSlot() {
        assertThat(step("make", "other", "1234")).contains("has no token with the label 'other'; it has ['zos' in slot 0");
        assertThat(step("make", "7", "1234")).contains("has no token in slot 7; it has ['zos' in slot 0");
        hsm.token("zos");
        assertThat(step("make", "zos", "1234")).contains("must be named by its slot, since 2 tokens have the label 'zos'");
        assertThat(step("make", "1", "1234")).contains("signature verifies: true");
        assertThat(step("sign", "1", "1234")).contains("signature verifies: true");
        assertThat(step("sign", "0", "1234")).contains("must hold one key 'key'").contains("holds none");
    }

    @Test
    void aTokenThatIsTakenOutIsSaid() {
        assertThat(step("make", "zos", "1234")).contains("signature verifies: true");
        assertThat(step("sign-after-removal", "zos", "1234", hsm.tokens().getFirst().toString())).contains("before: true").contains("token: ").doesNotContain("after: ");
        assertThat(step("make", "zos", "1234")).contains("has no token with the label 'zos'; it has none");
    }

    @Test
    void aLibraryThatIsNoneIsRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("library.so"), "no library");
        assertThat(hsm.java(Step.class, "make", "zos", "1234", "", text.toString())).contains("needs a PKCS#11 library that can be loaded");
        assertThat(hsm.java(Step.class, "make", "zos", "1234", "", "/nowhere.so")).contains("needs its PKCS#11 library, which is not there");
    }

    private String step(String what, String token, String pin) {
        return step(what, token, pin, "");
    }

    private String step(String what, String token, String pin, String directory) {
        return hsm.java(Step.class, what, token, pin, directory, SoftHsm.LIBRARY.toString());
    }

    /** What runs in a process of its own. */
    static final class Step {
        private static final byte[] MESSAGE = "the same bytes".getBytes(StandardCharsets.UTF_8);
        private static final byte[] NONCE = new byte[12];

        public static void main(String[] arguments) throws IOException {
            Path library = Path.of(arguments[4]);
            try {
                TokenDescription which = TokenDescription.named(library, arguments[1]);
                try (Token token = Token.openToChange(library, which, arguments[2].toCharArray())) {
                    switch (arguments[0]) {
                        case "make" -> make(token);
                        case "sign" -> System.out.println("signature verifies: " + verifies(token, token.ed25519("key")));
                        default -> signAfterRemoval(token, Path.of(arguments[3]));
                    }
                }
            } catch (ContractException refused) {
                System.out.println(refused.getMessage());
            }
        }

        private static void make(Token token) {
            System.out.println("signature verifies: " + verifies(token, token.generateEd25519("key")));
            token.generateAes("key");
            long privateKey = token.find(Attribute.PRIVATE_KEY, "key");
            System.out.println("extractable: " + Arrays.toString(token.attribute(privateKey, Attribute.EXTRACTABLE)) + ", sensitive: " + Arrays.toString(token.attribute(privateKey, Attribute.SENSITIVE)));
            attempt("private value", () -> token.attribute(privateKey, Attribute.VALUE));
            attempt("wrapping value", () -> token.attribute(token.find(Attribute.SECRET_KEY, "key"), Attribute.VALUE));
            byte[] encrypted = token.encrypt("key", NONCE, MESSAGE, "secret".getBytes(StandardCharsets.UTF_8));
            System.out.println("decrypted: " + new String(token.decrypt("key", NONCE, MESSAGE, encrypted), StandardCharsets.UTF_8));
            attempt("other owner", () -> token.decrypt("key", NONCE, NONCE, encrypted));
            encrypted[3] ^= 1;
            attempt("changed", () -> token.decrypt("key", NONCE, MESSAGE, encrypted));
        }

        private static void signAfterRemoval(Token token, Path directory) throws IOException {
            byte[] key = token.ed25519("key");
            System.out.println("before: " + verifies(token, key));
            try (var files = Files.walk(directory)) {
                for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
            System.out.println("after: " + verifies(token, key));
        }

        private static boolean verifies(Token token, byte[] key) {
            return Ed25519.verify(token.sign("key", MESSAGE), 0, key, 0, MESSAGE, 0, MESSAGE.length);
        }

        private static void attempt(String what, Runnable refused) {
            try {
                refused.run();
                System.out.println(what + ": came out");
            } catch (ContractException expected) {
                System.out.println(what + ": " + expected.getMessage());
            }
        }
    }
}
