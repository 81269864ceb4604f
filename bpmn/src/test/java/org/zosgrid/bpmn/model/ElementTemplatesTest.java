package org.zosgrid.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElementTemplatesTest {
    @Test
    void eachBlockHasATemplateThatSaysWhatTheCheckSays() throws IOException {
        JsonNode all = new ObjectMapper().readTree(ElementTemplates.json(Drawings.SURROUNDINGS));
        assertThat(all.findValuesAsText("id")).contains(Arrays.stream(Block.values()).map(Block::template).toArray(String[]::new));
        assertThat(all).hasSize(Block.values().length);
        for (JsonNode template : all) {
            Block block = Block.ofTemplate(template.get("id").asText()).orElseThrow();
            assertThat(template.get("version").asInt()).isEqualTo(Block.VERSION);
            assertThat(template.get("elementType").get("value").asText()).isEqualToIgnoringCase("bpmn:" + block.drawn().element());
            assertThat(block.errors()).allSatisfy(error -> assertThat(template.get("description").asText()).contains(error));
            assertThat(template.get("properties")).hasSameSizeAs(block.inputs());
            for (JsonNode property : template.get("properties")) {
                Input input = block.input(property.get("binding").get("name").asText()).orElseThrow();
                assertThat(property.get("binding").get("type").asText()).isEqualTo("camunda:inputParameter");
                assertThat(property.get("constraints").path("notEmpty").asBoolean()).as("a required input is asked for").isEqualTo(input.required());
                assertThat(property.get("type").asText()).as("what the schema allows for inputs").isIn("String", "Text", "Dropdown");
                for (JsonNode choice : property.path("choices")) {
                    assertThat(input.type().accepts(choice.get("value").asText())).as(choice.toString()).isTrue();
                }
            }
        }
    }

    /** The file for a modeller that knows no server: when this fails, what it prints as actual belongs there. */
    @Test
    void theFileBesideTheGuideIsTheSame() throws IOException {
        assertThat(Path.of("../docs/examples/element-templates.json")).hasContent(ElementTemplates.json(new Surroundings(Set.of(), Map.of())));
    }

    @Test
    void whatIsConfiguredHereIsOffered() {
        assertThat(ElementTemplates.json(Drawings.SURROUNDINGS)).contains("\"value\" : \"service-desk\"");
    }

    /** Every input that a block's resource asks for is one of the block. */
    @Test
    void eachBlockIsCompiledWithAllAndWithNoneOfWhatMayBeLeftOut() throws RefusedModelException {
        assertThat(List.of(Block.values())).allSatisfy(block -> assertThat(block.inputs().stream().map(Input::name).distinct().count()).isEqualTo(block.inputs().size()));
        ModelCheck.ofCustomers(Drawings.SURROUNDINGS).checked(Drawings.everything("all").bytes()).forTheEngine();
        ModelCheck.ofCustomers(Drawings.SURROUNDINGS).checked(Drawings.removal("none").bytes()).forTheEngine();
    }
}
