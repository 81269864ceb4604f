package org.zosgrid.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.table.Floor;
import org.zosgrid.bpmn.table.TableCheck;

/** What a new drawing in the console begins with could be in force as it is. */
class StartersTest {
    private static final Path STARTERS = Path.of("../console/web/src/modeler");

    @Test
    void theProcessIsInOrderWhereNothingIsConfiguredButTheBuiltInTable() throws IOException {
        Surroundings nothing = new Surroundings(Set.of(), Map.of(InputType.Thing.TABLE, Set.of("quorum")));
        assertThat(ModelCheck.ofCustomers(nothing).check(Files.readAllBytes(STARTERS.resolve("starter.bpmn")))).isEmpty();
    }

    @Test
    void theTableIsInOrderWithItsExamples() throws IOException {
        TableCheck check = new TableCheck(Set.of(), Set.of(), Floor.of(2));
        assertThat(check.check(Files.readAllBytes(STARTERS.resolve("starter.dmn")), Files.readAllBytes(STARTERS.resolve("starter.examples.yaml")))).isEmpty();
    }
}
