package org.zosgrid.bpmn.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The blocks as element templates of bpmn.io's modellers (for Camunda 7, by {@code @camunda/element-templates-json-schema}): what a modeller shows, and how
 * it writes the inputs. Made from the catalogue, so that both say the same.
 */
public final class ElementTemplates {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ElementTemplates() {}

    /** All templates, as a JSON array: the file that is put into a modeller's folder {@code resources/element-templates}. */
    public static String json(Surroundings surroundings) {
        ArrayNode all = JSON.createArrayNode();
        for (Block block : Block.values()) {
            all.add(template(block, surroundings));
        }
        return all.toPrettyString() + "\n";
    }

    private static ObjectNode template(Block block, Surroundings surroundings) {
        String element = "bpmn:" + block.drawn().element().substring(0, 1).toUpperCase(java.util.Locale.ROOT) + block.drawn().element().substring(1);
        ObjectNode template = JSON.createObjectNode();
        template.put("name", block.title());
        template.put("id", block.template());
        template.put("version", Block.VERSION);
        template.put("description", block.meaning() + (block.errors().isEmpty() ? "" : " Ends with the errors " + String.join(", ", block.errors()) + "."));
        template.putObject("category").put("id", "org.zosgrid").put("name", "Quantum-Safe Compute System");
        // A plain task or end event becomes the element that the block is drawn as.
        template.putArray("appliesTo").add(block.drawn() == Block.Drawn.END_EVENT ? element : "bpmn:Task");
        template.putObject("elementType").put("value", element);
        ArrayNode properties = template.putArray("properties");
        block.inputs().forEach(input -> properties.add(property(input, surroundings)));
        return template;
    }

    private static ObjectNode property(Input input, Surroundings surroundings) {
        ObjectNode property = JSON.createObjectNode();
        property.put("id", input.name());
        property.put("label", input.label());
        property.put("description", input.meaning() + " (" + input.type().description() + ")");
        switch (input.type()) {
            case InputType.Choice choice -> choices(property, choice.of());
            case InputType.Configured configured when !surroundings.named(configured.thing()).isEmpty() -> choices(property, surroundings.named(configured.thing()));
            case InputType.Text text -> property.put("type", text.longest() > 200 ? "Text" : "String");
            default -> property.put("type", "String");
        }
        ObjectNode constraints = property.putObject("constraints");
        if (input.required()) {
            constraints.put("notEmpty", true);
        }
        if (input.type() instanceof InputType.Text text) {
            constraints.put("maxLength", text.longest());
        }
        property.putObject("binding").put("type", "camunda:inputParameter").put("name", input.name());
        return property;
    }

    private static void choices(ObjectNode property, Iterable<String> of) {
        property.put("type", "Dropdown");
        ArrayNode choices = property.putArray("choices");
        of.forEach(each -> choices.addObject().put("name", each).put("value", each));
    }
}
