package org.zosgrid.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The packages of what the build assembled: opened, read, and started. */
class PackagesIT {
    private static final Path CLONE = Path.of("").toAbsolutePath().getParent().getParent();

    private static final PrintStream SILENT = new PrintStream(PrintStream.nullOutputStream());

    @TempDir
    private static Path folder;

    @BeforeAll
    static void pack() {
        assertThat(new CommandLine(new Packages(CLONE, SILENT)).execute("--out", folder.toString())).isZero();
    }

    @Test
    void theBillNamesEveryArchiveOfTheApplicationWithItsLicence() throws IOException {
        JsonNode bill = new ObjectMapper().readTree(file(".cdx.json").toFile());
        assertThat(bill.path("specVersion").asText()).isEqualTo("1.6");
        var named = new TreeSet<String>();
        for (JsonNode component : bill.path("components")) {
            named.add(component.path("name").asText());
            assertThat(component.path("licenses")).as("licences of %s", component.path("name")).isNotEmpty();
        }
        assertThat(archives()).hasSizeGreaterThan(20).isSubsetOf(named);
    }

    @Test
    void theImageStartsAsAUserWithoutRights() throws Exception {
        try (PackedControlPlane running = PackedControlPlane.start(file(".oci.tar"), folder)) {
            assertThat(running.health()).contains("\"ready\":true");
            assertThat(running.owners()).as("whom its processes belong to").isNotEmpty().containsOnly("10001");
        }
    }

    @Test
    void theImageHoldsNoShell() throws Exception {
        Path bundle = PackedControlPlane.unpack(file(".oci.tar"), Files.createTempDirectory(folder, "shell"));
        assertThat(bundle.resolve("rootfs/bin")).doesNotExist();
        assertThat(bundle.resolve("rootfs/usr/bin")).doesNotExist();
        assertThat(bundle.resolve("rootfs/opt/zos/control-plane.ear")).exists();
    }

    @Test
    void theDebianPackageInstallsWhatItsUnitStarts() throws IOException {
        Path root = Files.createTempDirectory(folder, "root");
        Tool.run(root, Map.of(), List.of("dpkg-deb", "--extract", file(".deb").toString(), root.toString()));
        String unit = Files.readString(root.resolve("usr/lib/systemd/system/zos-control-plane.service"));
        String command = unit.lines().filter(line -> line.startsWith("ExecStart=")).findFirst().orElseThrow().substring("ExecStart=".length());
        List<String> words = new ArrayList<>(List.of(command.replace("/usr/lib/zos", root.resolve("usr/lib/zos").toString()).split(" ")));
        words.set(0, Path.of(System.getProperty("java.home"), "bin/java").toString());
        words.set(words.size() - 1, root.resolve("etc/zos/control-plane.properties").toString());
        assertThatThrownBy(() -> Tool.run(root, Map.of(), words)).as("as installed, without keys")
            .hasMessageContaining("zos.hub: is missing").hasMessageContaining("zos.trust-root: must be a file").hasMessageContaining("ended with 78");
        assertThat(unit).as("it is not started again and again with a configuration that is wrong").contains("RestartPreventExitStatus=78");
        assertThat(unit).as("its database is not stopped under it").contains("KillMode=mixed");
        assertThat(Tool.run(root, Map.of(), List.of("dpkg-deb", "--field", file(".deb").toString(), "Version"))).isEqualTo("0.1.0~snapshot\n");
    }

    /** The control plane replaces it when nodes come and go. */
    @Test
    void theInventoryLiesWhereTheUnitMayWrite() throws IOException {
        Path root = Files.createTempDirectory(folder, "inventory");
        Tool.run(root, Map.of(), List.of("dpkg-deb", "--extract", file(".deb").toString(), root.toString()));
        Tool.run(root, Map.of(), List.of("dpkg-deb", "--control", file(".deb").toString(), root.resolve("control").toString()));
        List<String> unit = Files.readAllLines(root.resolve("usr/lib/systemd/system/zos-control-plane.service"));
        assertThat(unit).contains("ProtectSystem=strict", "StateDirectory=zos");
        assertThat(Files.readAllLines(root.resolve("etc/zos/control-plane.properties"))).contains("zos.inventory=/var/lib/zos/nodes.json");
        assertThat(Files.readString(root.resolve("control/postinst"))).as("it is there before the first start").contains("-m 0750 /var/lib/zos");
    }

    @Test
    void whatDpkgRunsIsThereAndCanBeRun() throws IOException {
        Path control = Files.createTempDirectory(folder, "scripts").resolve("control");
        Tool.run(folder, Map.of(), List.of("dpkg-deb", "--control", file(".deb").toString(), control.toString()));
        for (String script : List.of("postinst", "prerm", "postrm")) {
            assertThat(control.resolve(script)).isExecutable();
            Tool.run(folder, Map.of(), List.of("sh", "-n", control.resolve(script).toString()));
        }
    }

    @Test
    void theUnitIsOneThatSystemdUnderstands() throws IOException {
        Path unit = Files.createTempDirectory(folder, "unit").resolve("zos-control-plane.service");
        Files.copy(CLONE.resolve("packages/builder/src/main/resources/debian/zos-control-plane.service"), unit);
        String exposure = Tool.run(folder, Map.of(), List.of("systemd-analyze", "security", "--offline=true", "--threshold=30", unit.toString()));
        assertThat(exposure).contains("Overall exposure level for zos-control-plane.service");
    }

    @Test
    void packingAgainGivesTheSameBytes() throws IOException {
        Path again = Files.createTempDirectory(folder, "again");
        assertThat(new CommandLine(new Packages(CLONE, SILENT)).execute("--out", again.toString())).isZero();
        assertThat(again.resolve("SHA256SUMS")).hasSameTextualContentAs(folder.resolve("SHA256SUMS"));
    }

    private static Path file(String ending) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }

    /** Names without version and ending of what is in the EAR. */
    private static List<String> archives() throws IOException {
        try (ZipFile ear = new ZipFile(CLONE.resolve("ear/launcher/target/control-plane/control-plane.ear").toFile())) {
            return ear.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".jar") || name.endsWith(".war"))
                .map(name -> name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.'))).toList();
        }
    }
}
