package org.zosgrid.packages;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code ./zos package}. */
@Command(
    name = "zos package",
    mixinStandardHelpOptions = true,
    description = {"Pack the control plane: an OCI image (no container engine is needed), a Debian package with a hardened systemd unit,", "the bill of materials (CycloneDX 1.6), and SHA-256 sums of them."},
    footerHeading = "%nExamples:%n",
    footer = {
        "  ./zos package                       into packages/target/dist",
        "  ./zos package --out /srv/releases",
        "  ./zos package --verify              build the committed sources anew elsewhere, and compare every byte",
        "",
        "  skopeo copy oci-archive:packages/target/dist/control-plane-0.1.0-SNAPSHOT.oci.tar docker://registry.example.org/zos/control-plane:0.1.0",
        "  apt install ./packages/target/dist/zos-control-plane_0.1.0~snapshot_all.deb"
    })
public final class Packages implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "DIR", description = "where to put them; is made (default: packages/target/dist)")
    private Path out = Path.of("");

    @Option(names = "--verify", description = "then build the last commit again, in another folder, and compare")
    private boolean verify;

    private final Path clone;
    private final PrintStream said;

    /** @param clone the repository in which the build ran; @param said progress and results go there */
    Packages(Path clone, PrintStream said) {
        this.clone = clone;
        this.said = said;
    }

    /** {@code zos.install} is the clone. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Packages(Path.of(System.getProperty("zos.install", "")).toAbsolutePath(), System.out));
        line.setUsageHelpWidth(130);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("zos: " + (failure instanceof PackagingException known ? known.getMessage() : failure));
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path folder = (out.toString().isEmpty() ? clone.resolve("packages/target/dist") : out).toAbsolutePath();
        Files.createDirectories(folder);
        List<Path> made = write(Contents.of(clone), folder);
        Sums.write(made, folder.resolve("SHA256SUMS"));
        for (Path file : made) {
            said.printf("%8.1f MB  %s%n", Files.size(file) / 1e6, file);
        }
        return !verify || new Reproduction(clone, said).sameAs(folder.resolve("SHA256SUMS")) ? 0 : 1;
    }

    private List<Path> write(Contents contents, Path folder) throws IOException {
        Path work = Files.createTempDirectory("zos-package");
        try {
            Path image = folder.resolve("control-plane-" + contents.version() + ".oci.tar");
            said.println("OCI image");
            new OciImage(contents, work).write(image);
            said.println("Debian package");
            Path debian = new DebianPackage(contents, work).write(folder);
            Path bill = folder.resolve("control-plane-" + contents.version() + ".cdx.json");
            Files.copy(contents.bill(), bill, StandardCopyOption.REPLACE_EXISTING);
            return List.of(image, debian, bill);
        } finally {
            delete(work);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
