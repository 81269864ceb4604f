package org.zosgrid.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a value alone shows to be wrong. */
class TypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:65536", "https://hub.example:0", "http://127.0.0.1:99999/path"})
    void aPortThatIsNoneIsAFaultOfAnAddress(String address) {
        assertThat(Type.HTTP_ADDRESS.fault(address)).hasValue("must have a port of 1 to 65535");
        assertThat(Type.SAFE_ADDRESS.fault(address)).hasValue("must have a port of 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:65535", "https://hub.example", "http://[::1]:1/path"})
    void addressesWithAPortOrWithoutAreTaken(String address) {
        assertThat(Type.HTTP_ADDRESS.fault(address)).isEmpty();
    }

    @Test
    void anOriginHasAPortToo() {
        assertThat(Type.ORIGINS.fault("https://a.example:70000")).isPresent();
        assertThat(Type.ORIGINS.fault("https://*.a.example:*,https://a.example:8443")).isEmpty();
    }

    @Test
    void aFileForASecretHoldsOne(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("token");
        assertThat(Type.SECRET_FILE.fault(file.toString())).hasValue("must be a file; it does not exist");
        assertThat(Type.SECRET_FILE.fault(folder.toString())).hasValue("must be a file");
        assertThat(Type.SECRET_FILE.fault(Files.createFile(file).toString())).hasValue("must hold a secret; it is empty");
        assertThat(Type.SECRET_FILE.fault(Files.writeString(file, "x").toString())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://", "jdbc:postgresql:///zos", "jdbc:postgresql://db", "postgresql://db/zos", "jdbc:mysql://db/zos"})
    void aDatabaseIsNamedWithItsHost(String address) {
        assertThat(Type.JDBC_ADDRESS.fault(address)).hasValue("must be jdbc:postgresql://HOST:PORT/DATABASE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db/zos", "jdbc:postgresql://[::1]:5432/zos?ssl=true", "jdbc:postgresql://a:5432,b:5432/zos?targetServerType=primary"})
    void aDatabaseMayHaveStandbysAndParameters(String address) {
        assertThat(Type.JDBC_ADDRESS.fault(address)).isEmpty();
    }
}
