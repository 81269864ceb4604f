package org.zosgrid.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second build, with a real Git and a repository whose build takes no minutes: {@code zos package} writes the sums of two files. */
class ReproductionTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path clone;
    private Path sums;

    @BeforeEach
    void repository() throws IOException {
        clone = Files.createDirectory(folder.resolve("clone"));
        sums = Files.writeString(folder.resolve("SHA256SUMS"), "aa  image\nbb  bill\n");
        git("init", "--quiet");
        build("aa  image\nbb  bill\n");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        for (String line : said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("building")).toList()) {
            Path again = Path.of(line.substring(line.indexOf('/')));
            if (Files.exists(again)) {
                Packages.delete(again);
            }
        }
    }

    @Test
    void theSameBytesAreTheSame() throws IOException {
        assertThat(reproduction().sameAs(sums)).isTrue();
        assertThat(told()).contains("the same      image", "the same      bill");
        assertThat(secondBuild()).doesNotExist();
    }

    @Test
    void whatDiffersIsToldAndKept() throws IOException {
        build("aa  image\ncc  bill\n");
        assertThat(reproduction().sameAs(sums)).isFalse();
        assertThat(told()).contains("the same      image", "not the same  bill", "what the second build made is in " + secondBuild().resolve("clone/packages/target/dist"));
        assertThat(secondBuild().resolve("clone/packages/target/dist/SHA256SUMS")).hasContent("aa  image\ncc  bill\n");
    }

    @Test
    void aPackageThatIsMissingOrTooManyDiffersToo() throws IOException {
        build("aa  image\nbb  bill\ndd  more\n");
        assertThat(reproduction().sameAs(sums)).isFalse();
    }

    @Test
    void whatIsNotCommittedIsNotCompared() throws IOException {
        Files.writeString(clone.resolve("changed"), "");
        assertThatThrownBy(() -> reproduction().sameAs(sums)).isInstanceOf(PackagingException.class).hasMessageContaining("not committed").hasMessageContaining("changed");
    }

    private Reproduction reproduction() {
        return new Reproduction(clone, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private List<String> told() {
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Path secondBuild() {
        String line = told().getFirst();
        return Path.of(line.substring(line.indexOf('/')));
    }

    private void build(String made) throws IOException {
        Path program = clone.resolve("zos");
        Files.writeString(program, "#!/bin/sh\nset -e\n[ \"$1\" = package ]\nmkdir -p packages/target/dist\nprintf '" + made.replace("\n", "\\n") + "' >packages/target/dist/SHA256SUMS\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        git("add", "zos");
        git("-c", "user.name=test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "build");
    }

    private void git(String... words) {
        var command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Tool.run(clone, Map.of(), command);
    }
}
