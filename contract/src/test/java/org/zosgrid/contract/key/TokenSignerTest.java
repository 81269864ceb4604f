package org.zosgrid.contract.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.ContractException;

/** With SoftHSM (Debian's softhsm2). It finds its tokens by an environment variable, so each step runs in a process of its own. */
class TokenSignerTest {
    private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final byte[] MESSAGE = "the same bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @BeforeEach
    void token() throws Exception {
        assertThat(LIBRARY).as("the library of Debian's package softhsm2, which ./zos test installs").exists();
        Files.createDirectory(directory.resolve("tokens"));
        Files.writeString(directory.resolve("softhsm2.conf"), "directories.tokendir = " + directory.resolve("tokens") + "\nobjectstore.backend = file\n");
        run("softhsm2-util", "--init-token", "--free", "--label", "zos", "--pin", "1234", "--so-pin", "4321");
    }

    @Test
    void aKeyBehindATokenSignsInAnotherProcessAndOnlyWithItsPin() throws Exception {
        step("create", "1234");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key()))).isEqualTo("rw-------");
        assertThat(TokenSigner.isTokenFile(key())).isTrue();
        assertThat(step("sign", "1234")).contains("verifies: true");
        assertThat(step("sign", "9999")).contains("does not open with this PIN: CKR_PIN_INCORRECT");
    }

    @Test
    void aFileThatWasChangedOrMeetsAnotherTokenIsRefused() throws Exception {
        step("create", "1234");
        String good = Files.readString(key());
        int at = good.indexOf("\"wrapped\":\"") + 100;
        Files.writeString(key(), good.substring(0, at) + (good.charAt(at) == 'A' ? 'B' : 'A') + good.substring(at + 1));
        assertThat(step("sign", "1234")).contains("is not opened by the token");
        Files.writeString(key(), good.replaceFirst("\"publicKey\":\"[^\"]*\"", "\"publicKey\":\"" + java.util.Base64.getEncoder().encodeToString(SigningKey.generate().verificationKey().spki()) + "\""));
        assertThat(step("sign", "1234")).contains("is not opened by the token");
        Files.writeString(key(), good.replaceFirst("zos-", "other-"));
        assertThat(step("sign", "1234")).contains("does not hold");
    }

    private Path key() {
        return directory.resolve("key.json");
    }

    private String step(String what, String pin) throws Exception {
        return run(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", System.getProperty("java.class.path"), Step.class.getName(), what, key().toString(), pin);
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", "");
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("SOFTHSM2_CONF", directory.resolve("softhsm2.conf").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What runs in a process of its own. */
    static final class Step {
        public static void main(String[] arguments) {
            Path file = Path.of(arguments[1]);
            char[] pin = arguments[2].toCharArray();
            try {
                TokenSigner signer = arguments[0].equals("create") ? TokenSigner.create(file, LIBRARY, 0, pin) : TokenSigner.open(file, LIBRARY, pin);
                System.out.println("verifies: " + signer.verificationKey().verify(MESSAGE, signer.sign(MESSAGE)));
            } catch (ContractException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
