package org.zosgrid.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} has one line for each setting, in the catalogue's order, and says what the catalogue says. */
class DocumentationTest {
    @Test
    void theTableIsTheCatalogue() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/configuration.md")).stream().filter(line -> line.startsWith("| `zos.")).toList();
        assertThat(rows).containsExactlyElementsOf(Arrays.stream(Setting.values()).map(DocumentationTest::row).toList());
    }

    private static String row(Setting setting) {
        String otherwise = setting.otherwise().map(value -> value.isEmpty() ? "none" : "`" + value + "`").orElse("**must be given**");
        return "| `" + setting.key() + "` | " + setting.type() + " | " + otherwise + " | " + setting.description() + " |";
    }
}
