package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {
    @ParameterizedTest(name = "a {0} in {1}, exposed {2}, of {3} machines with {4} MiB needs {5}")
    @CsvSource({
        "deployment,   development, false, 1,  64,     1",
        "deployment,   development, true,  1,  64,     1",
        "deployment,   development, true,  16, 64,     1",
        "deployment,   development, true,  17, 64,     2",
        "deployment,   development, false, 99, 999999, 1",
        "deployment,   staging,     true,  2,  512,    1",
        "deployment,   production,  false, 1,  64,     2",
        "deployment,   production,  true,  16, 65536,  2",
        "deployment,   production,  false, 17, 64,     3",
        "deployment,   production,  false, 1,  65537,  3",
        "pause,        development, false, 1,  64,     1",
        "pause,        production,  true,  1,  64,     2",
        "resume,       production,  true,  1,  64,     2",
        "decommission, development, false, 1,  64,     2",
        "decommission, production,  true,  0,  0,      2",
        "decommission, production,  true,  17, 0,      3",
    })
    void theTableDemands(String kind, String environment, boolean exposed, int machines, long memoryMiB, int people) {
        Number demanded = Engine.engine().getDecisionService().evaluateDecisionTableByKey("quorum", Map.of(
                Variables.KIND, kind, Variables.ENVIRONMENT, environment, Variables.EXPOSED, exposed, Variables.MACHINES, machines, Variables.MEMORY_MIB, memoryMiB)).getSingleEntry();
        assertThat(demanded.intValue()).isEqualTo(people);
    }
}
