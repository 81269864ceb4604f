package org.zosgrid.contract.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.ContractException;

/** An inventory that changes under those who read it. */
class FollowedInventoryTest {
    private static final String ONE = "{\"nodes\":[{\"name\":\"compute-1\",\"address\":\"127.0.0.1\",\"storePort\":1,\"apiPort\":2}]}";
    private static final String TWO = ONE.replace("}]", "},{\"name\":\"compute-2\",\"address\":\"127.0.0.2\",\"storePort\":1,\"apiPort\":2}]");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("nodes.json");
        replace(ONE);
    }

    @Test
    void aNodeThatIsWrittenDownIsKnownAtTheNextQuestionAndOneThatIsStruckOutIsNot() throws IOException {
        FollowedInventory inventory = new FollowedInventory(file);
        assertThatThrownBy(() -> inventory.node("compute-2")).isInstanceOf(ContractException.class).hasMessageContaining("[compute-1]");
        replace(TWO);
        assertThat(inventory.node("compute-2").address()).isEqualTo("127.0.0.2");
        replace(ONE);
        assertThat(inventory.newest().nodes()).extracting(NodeAddress::name).containsExactly("compute-1");
    }

    @Test
    void anAddressOfTheSameLengthIsSeenToo() throws IOException {
        FollowedInventory inventory = new FollowedInventory(file);
        replace(ONE.replace("127.0.0.1", "127.0.0.9"));
        assertThat(inventory.node("compute-1").address()).isEqualTo("127.0.0.9");
    }

    @Test
    void whatIsNoInventoryChangesNothing() throws IOException {
        FollowedInventory inventory = new FollowedInventory(file);
        replace(TWO.substring(0, 90));
        assertThat(inventory.newest().nodes()).hasSize(1);
        Files.delete(file);
        assertThat(inventory.newest().nodes()).hasSize(1);
        replace(TWO);
        assertThat(inventory.newest().nodes()).hasSize(2);
    }

    @Test
    void withoutAnInventoryNothingBegins() throws IOException {
        Files.delete(file);
        assertThatThrownBy(() -> new FollowedInventory(file)).hasMessageContaining("cannot read the node inventory " + file);
    }

    /** By a rename, as an operator is told to. */
    private void replace(String text) throws IOException {
        Path fresh = Files.writeString(directory.resolve("nodes.json.new"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
