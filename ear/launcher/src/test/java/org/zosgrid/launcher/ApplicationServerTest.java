package org.zosgrid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.settings.SetUpFiles;

/** What is looked at before there is a server; integration tests start one. */
class ApplicationServerTest {
    @TempDir private Path folder;

    /** The server itself would start, and only its log would say that nobody can reach it. */
    @Test
    void aPortThatSomebodyElseHasIsTold() throws IOException {
        try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Path file = Files.writeString(folder.resolve("control-plane.properties"), SetUpFiles.write(folder).replace("zos.http.port=8080", "zos.http.port=" + somebody.getLocalPort()));
            Configuration configuration = Configuration.read(file, Map.of());
            assertThat(configuration.httpPort()).isEqualTo(somebody.getLocalPort());
            assertThatThrownBy(() -> ApplicationServer.start(configuration)).isInstanceOf(StartException.class).hasMessageStartingWith("cannot listen on 127.0.0.1, port " + somebody.getLocalPort());
        }
    }
}
