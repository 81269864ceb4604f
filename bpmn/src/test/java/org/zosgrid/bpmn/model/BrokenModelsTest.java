package org.zosgrid.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule broken, in the ways that come to mind: the finding names the element and the rule. */
class BrokenModelsTest {
    /** What a model looks like that breaks a rule, and at which element; an empty element is the file. */
    record Broken(String how, Rule rule, String element, byte[] file) {
        @Override
        public String toString() {
            return rule + ": " + how;
        }
    }

    private static Broken drawn(String how, Rule rule, String element, Drawing drawing) {
        return new Broken(how, rule, element, drawing.bytes());
    }

    /** A good deployment in which a text is replaced. */
    private static Broken changed(String how, Rule rule, String element, String from, String to) {
        String xml = Drawings.deployment("acme").xml();
        assertThat(xml).as(how).contains(from);
        return new Broken(how, rule, element, xml.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)).getBytes(StandardCharsets.UTF_8));
    }

    /** A good deployment with something added to the element "verify". */
    private static Broken inVerify(String how, String xml) {
        return changed(how, Rule.ALLOWED, "verify", "<bpmn:serviceTask id=\"verify\" name=\"verify\" camunda:modelerTemplate=\"org.zosgrid.verify\" camunda:modelerTemplateVersion=\"1\">",
                "<bpmn:serviceTask id=\"verify\" name=\"verify\" camunda:modelerTemplate=\"org.zosgrid.verify\" camunda:modelerTemplateVersion=\"1\">" + xml);
    }

    private static Broken onVerify(String attribute) {
        return changed("the attribute " + attribute, Rule.ALLOWED, "verify", "<bpmn:serviceTask id=\"verify\"", "<bpmn:serviceTask " + attribute + " id=\"verify\"");
    }

    /** A good deployment with another element in its process. */
    private static Broken beside(String how, String element, String xml) {
        return changed(how, Rule.ALLOWED, element, "</bpmn:process>", xml + "</bpmn:process>");
    }

    static Stream<Broken> files() {
        return Stream.of(
                new Broken("no XML", Rule.XML, "", "hello".getBytes(StandardCharsets.UTF_8)),
                new Broken("nothing", Rule.XML, "", new byte[0]),
                new Broken("another encoding", Rule.XML, "", Drawings.deployment("acme").xml().getBytes(StandardCharsets.UTF_16)),
                changed("an encoding that is declared and not used", Rule.XML, "", "UTF-8", "ISO-8859-1"),
                changed("a document type", Rule.XML, "", "<bpmn:definitions", "<!DOCTYPE bpmn:definitions [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><bpmn:definitions"),
                changed("an entity of nowhere", Rule.XML, "", "</bpmn:process>", "<bpmn:documentation>&x;</bpmn:documentation></bpmn:process>"),
                new Broken("too many bytes", Rule.XML, "", (Drawings.deployment("acme").xml() + " ".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8)),
                changed("too deep", Rule.XML, "", "</bpmn:process>", "<bpmn:subProcess>".repeat(50) + "</bpmn:subProcess>".repeat(50) + "</bpmn:process>"),
                changed("too many XML elements", Rule.XML, "", "</bpmn:process>", "<bpmn:documentation/>".repeat(20_000) + "</bpmn:process>"),
                new Broken("another root", Rule.ALLOWED, "", "<definitions/>".getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<Broken> code() {
        return Stream.of(
                onVerify("camunda:class=\"java.lang.ProcessBuilder\""), onVerify("camunda:expression=\"${1}\""), onVerify("camunda:delegateExpression=\"${sealChange}\""),
                onVerify("camunda:type=\"external\" camunda:topic=\"t\""), onVerify("implementation=\"##WebService\""), onVerify("camunda:resultVariable=\"quorum\""),
                onVerify("camunda:asyncAfter=\"true\""), onVerify("isForCompensation=\"true\""), onVerify("xmlns:c=\"http://activiti.org/bpmn\" c:class=\"x\""), onVerify("camunda:jobPriority=\"${x}\""),
                onVerify("startQuantity=\"0\""),
                inVerify("an execution listener", "<bpmn:extensionElements><camunda:executionListener event=\"start\" class=\"x\"/></bpmn:extensionElements>"),
                inVerify("a script in a listener", "<bpmn:extensionElements><camunda:executionListener event=\"start\"><camunda:script scriptFormat=\"js\">x</camunda:script></camunda:executionListener></bpmn:extensionElements>"),
                inVerify("a connector", "<bpmn:extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></bpmn:extensionElements>"),
                inVerify("a field", "<bpmn:extensionElements><camunda:field name=\"x\" expression=\"${x}\"/></bpmn:extensionElements>"),
                inVerify("an output", "<bpmn:extensionElements><camunda:inputOutput><camunda:outputParameter name=\"quorum\">0</camunda:outputParameter></camunda:inputOutput></bpmn:extensionElements>"),
                inVerify("a script as input", "<bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:script scriptFormat=\"groovy\">x</camunda:script></camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements>"),
                inVerify("an error mapping", "<bpmn:extensionElements><camunda:errorEventDefinition expression=\"${true}\"/></bpmn:extensionElements>"),
                inVerify("a loop over people", "<bpmn:multiInstanceLoopCharacteristics camunda:collection=\"${[]}\"/>"),
                inVerify("a standard loop", "<bpmn:standardLoopCharacteristics/>"),
                inVerify("a property", "<bpmn:property name=\"p\"/>"),
                inVerify("something of another namespace", "<x:y xmlns:x=\"urn:x\"/>"),
                beside("a script task", "s", "<bpmn:scriptTask id=\"s\" scriptFormat=\"js\"><bpmn:script>x</bpmn:script></bpmn:scriptTask>"),
                beside("a call of another process", "s", "<bpmn:callActivity id=\"s\" calledElement=\"deploy\"/>"),
                beside("a business rule task", "s", "<bpmn:businessRuleTask id=\"s\" camunda:decisionRef=\"x\"/>"),
                beside("a task", "s", "<bpmn:task id=\"s\"/>"), beside("a send task", "s", "<bpmn:sendTask id=\"s\"/>"), beside("a receive task", "s", "<bpmn:receiveTask id=\"s\" messageRef=\"m\"/>"),
                beside("a manual task", "s", "<bpmn:manualTask id=\"s\"/>"), beside("a transaction", "s", "<bpmn:transaction id=\"s\"/>"), beside("an ad-hoc sub-process", "s", "<bpmn:adHocSubProcess id=\"s\"/>"),
                beside("an inclusive gateway", "s", "<bpmn:inclusiveGateway id=\"s\"/>"), beside("a complex gateway", "s", "<bpmn:complexGateway id=\"s\"/>"), beside("an event gateway", "s", "<bpmn:eventBasedGateway id=\"s\"/>"),
                beside("an event that throws", "s", "<bpmn:intermediateThrowEvent id=\"s\"/>"),
                beside("an event sub-process", "s", "<bpmn:subProcess id=\"s\" triggeredByEvent=\"true\"/>"),
                beside("a message that answers for a node", "s", "<bpmn:intermediateCatchEvent id=\"s\"><bpmn:messageEventDefinition messageRef=\"m\"/></bpmn:intermediateCatchEvent>"),
                beside("a signal", "s", "<bpmn:endEvent id=\"s\"><bpmn:signalEventDefinition signalRef=\"m\"/></bpmn:endEvent>"),
                beside("compensation", "s", "<bpmn:endEvent id=\"s\"><bpmn:compensateEventDefinition/></bpmn:endEvent>"),
                beside("a terminating end", "s", "<bpmn:endEvent id=\"s\"><bpmn:terminateEventDefinition/></bpmn:endEvent>"),
                beside("an escalation", "s", "<bpmn:endEvent id=\"s\"><bpmn:escalationEventDefinition/></bpmn:endEvent>"),
                beside("a condition that starts something", "s", "<bpmn:boundaryEvent id=\"s\" attachedToRef=\"verify\"><bpmn:conditionalEventDefinition><bpmn:condition>${x}</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:boundaryEvent>"),
                beside("a timer that fires again and again", "s", "<bpmn:intermediateCatchEvent id=\"s\"><bpmn:timerEventDefinition><bpmn:timeCycle>R/PT1S</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"),
                beside("a condition in another language", "s", "<bpmn:sequenceFlow id=\"s\" sourceRef=\"verify\" targetRef=\"seal\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" language=\"javascript\">true</bpmn:conditionExpression></bpmn:sequenceFlow>"),
                beside("a condition from a file", "s", "<bpmn:sequenceFlow id=\"s\" sourceRef=\"verify\" targetRef=\"seal\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" language=\"zos\" camunda:resource=\"x\">true</bpmn:conditionExpression></bpmn:sequenceFlow>"),
                changed("a form with an expression", Rule.ALLOWED, "ask", "<bpmn:userTask id=\"ask\"", "<bpmn:userTask camunda:formKey=\"${x}\" id=\"ask\""),
                changed("an approver of one's own choice", Rule.ALLOWED, "ask", "<bpmn:userTask id=\"ask\"", "<bpmn:userTask camunda:assignee=\"mallory\" id=\"ask\""),
                changed("messages", Rule.ALLOWED, "m", "</bpmn:process>", "</bpmn:process><bpmn:message id=\"m\" name=\"node-running\"/>"),
                changed("an error's message", Rule.ALLOWED, "error-invalid", "errorCode=\"invalid\"", "errorCode=\"invalid\" camunda:errorMessage=\"${x}\""),
                changed("an error that is a Java exception", Rule.ALLOWED, "error-invalid", "errorCode=\"invalid\"", "errorCode=\"java.lang.RuntimeException\""),
                changed("another default language", Rule.ALLOWED, "definitions", "id=\"definitions\"", "id=\"definitions\" expressionLanguage=\"javascript\""),
                changed("an import", Rule.ALLOWED, "definitions", "<bpmn:process ", "<bpmn:import namespace=\"x\" location=\"http://example.org\" importType=\"x\"/><bpmn:process "),
                changed("people who may start it", Rule.ALLOWED, "acme", "isExecutable", "camunda:candidateStarterUsers=\"x\" isExecutable"),
                changed("an id that is none", Rule.ALLOWED, "a.b", "id=\"verify\"", "id=\"a.b\""));
    }

    static Stream<Broken> parts() {
        return Stream.of(
                changed("an expression in a name", Rule.EXPRESSION, "verify", "name=\"verify\"", "name=\"${sealing.seal(7)}\""),
                drawn("an expression in an input", Rule.EXPRESSION, "", Drawings.sealed("acme").block(Block.NOTIFY, "tell", "audience", "requester", "text", "#{x}").end("end", "FAILED")),
                changed("an id twice", Rule.IDENTIFIER, "seal", "id=\"expose\"", "id=\"seal\""),
                changed("no id", Rule.IDENTIFIER, "", "<bpmn:startEvent id=\"start\"", "<bpmn:startEvent"),
                drawn("the id of a built-in process", Rule.PROCESS_ID, "deploy", Drawings.deployment("deploy")),
                drawn("the other built-in process", Rule.PROCESS_ID, "decommission", Drawings.removal("decommission")),
                drawn("too many elements", Rule.SIZE, "", IntStream.range(0, 250).boxed().reduce(new Drawing("acme").start("start"), (drawing, i) -> drawing.wait("w" + i, "PT1S"), (a, b) -> a).end("end", "FAILED")),
                changed("a flow to nowhere", Rule.REFERENCE, "flow-1", "targetRef=\"verify\"", "targetRef=\"nowhere\""),
                drawn("a flow into a sub-process", Rule.REFERENCE, "flow-1", new Drawing("acme").start("start").to("end").open("sub").start("s").end("end", "FAILED").close()),
                changed("a boundary event on nothing", Rule.REFERENCE, "verify-invalid", "attachedToRef=\"verify\"", "attachedToRef=\"nowhere\""),
                changed("an error that is not there", Rule.REFERENCE, "verify-invalid", "errorRef=\"error-invalid\"", "errorRef=\"nowhere\""),
                drawn("a default that is no flow of it", Rule.REFERENCE, "if", new Drawing("acme").start("start").raw("<bpmn:exclusiveGateway id=\"if\" default=\"flow-1\"/>").to("if").at("if").end("end", "FAILED")),
                drawn("two starts", Rule.STRUCTURE, "acme", Drawings.deployment("acme").at("").start("again").to("verify")),
                drawn("no start", Rule.STRUCTURE, "sub", new Drawing("acme").start("start").open("sub").wait("a", "PT1S").end("b").close().end("end", "FAILED")),
                drawn("two flows out of a block", Rule.STRUCTURE, "verify", Drawings.deployment("acme").at("verify").to("seal")),
                drawn("a condition out of a block", Rule.STRUCTURE, "flow-1", new Drawing("acme").start("start").when("exposed").end("end", "FAILED")),
                drawn("no default", Rule.STRUCTURE, "if", new Drawing("acme").start("start").choice("if").when("exposed").end("a", "FAILED").at("if").when("not exposed").end("b", "FAILED")),
                drawn("a flow without a condition", Rule.STRUCTURE, "flow-2", new Drawing("acme").start("start").choice("if").end("a", "FAILED").at("if").otherwise().end("b", "FAILED")),
                changed("not executable", Rule.STRUCTURE, "acme", " isExecutable=\"true\"", ""),
                changed("two processes", Rule.STRUCTURE, "", "</bpmn:process>", "</bpmn:process><bpmn:process id=\"b\" isExecutable=\"true\"/>"),
                drawn("a timer on what is done at once", Rule.STRUCTURE, "seal-late", Drawings.deployment("acme").after("seal", "PT1S", true).end("late", "INVALID")),
                changed("an error that does not interrupt", Rule.STRUCTURE, "verify-invalid", "attachedToRef=\"verify\"", "attachedToRef=\"verify\" cancelActivity=\"false\""),
                changed("an event with two definitions", Rule.STRUCTURE, "verify-invalid", "<bpmn:errorEventDefinition errorRef=\"error-invalid\"/>",
                        "<bpmn:errorEventDefinition errorRef=\"error-invalid\"/><bpmn:timerEventDefinition><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>"),
                changed("no block", Rule.BLOCK, "verify", " camunda:modelerTemplate=\"org.zosgrid.verify\"", ""),
                changed("an unknown block", Rule.BLOCK, "verify", "org.zosgrid.verify", "org.zosgrid.run-anything"),
                changed("a block of another version", Rule.BLOCK, "verify", "modelerTemplateVersion=\"1\"", "modelerTemplateVersion=\"2\""),
                changed("approvals as a service task", Rule.BLOCK, "verify", "org.zosgrid.verify", "org.zosgrid.approvals"),
                drawn("a removal in a deployment", Rule.BLOCK, "acme", Drawings.sealed("acme").block(Block.PROVISION, "provision").on("provision", "*").block(Block.REMOVE, "remove").on("remove", "*").end("f", "FAILED").at("remove").end("r", "REMOVED").at("provision").end("running", "RUNNING")),
                drawn("an unknown input", Rule.INPUT, "seal", new Drawing("acme").start("start").block(Block.SEAL, "seal", "force", "true").end("end", "FAILED")),
                drawn("a missing input", Rule.INPUT, "tell", new Drawing("acme").start("start").block(Block.NOTIFY, "tell", "text", "x").end("end", "FAILED")),
                drawn("an input that is too much", Rule.INPUT, "ask", new Drawing("acme").start("start").block(Block.APPROVALS, "ask", "people", "0").end("end", "FAILED")),
                drawn("a patience without end", Rule.INPUT, "provision", Drawings.sealed("acme").block(Block.PROVISION, "provision", "patience", "P1000D").end("end", "RUNNING")),
                drawn("an unknown table", Rule.INPUT, "ask", new Drawing("acme").start("start").block(Block.APPROVALS, "ask", "table", "nobody").end("end", "FAILED")),
                drawn("an address instead of a webhook", Rule.INPUT, "call", new Drawing("acme").start("start").block(Block.WEBHOOK, "call", "endpoint", "http://localhost/").end("end", "FAILED")),
                drawn("an unknown outcome", Rule.INPUT, "end", new Drawing("acme").start("start").end("end", "FINE")),
                drawn("an input twice", Rule.INPUT, "tell", new Drawing("acme").start("start").block(Block.NOTIFY, "tell", "audience", "requester", "text", "x", "text", "y").end("end", "FAILED")),
                drawn("a condition that is none", Rule.CONDITION, "flow-2", new Drawing("acme").start("start").choice("if").when("environment = prod").end("a", "FAILED").at("if").otherwise().end("b", "FAILED")),
                drawn("a condition that would end the constant it is put into", Rule.CONDITION, "flow-2", new Drawing("acme").start("start").choice("if").when("name = \"x') or sealing.seal(7) or ('\"").end("a", "FAILED").at("if").otherwise().end("b", "FAILED")),
                new Broken("a condition without a language", Rule.CONDITION, "flow-2", new Drawing("acme").start("start").choice("if").when("exposed").end("a", "FAILED").at("if").otherwise().end("b", "FAILED").xml().replace(" language=\"zos\"", "").getBytes(StandardCharsets.UTF_8)),
                drawn("a timer for no time", Rule.TIMER, "w", new Drawing("acme").start("start").wait("w", "PT0S").end("end", "FAILED")),
                drawn("a timer of another form", Rule.TIMER, "w", new Drawing("acme").start("start").wait("w", "R5/PT1S").end("end", "FAILED")));
    }

    private static Broken order(String how, Rule rule, String element, UnaryOperator<Drawing> drawing) {
        return drawn(how, rule, element, drawing.apply(new Drawing("acme").start("start")));
    }

    private static Drawing verified(Drawing from) {
        return from.block(Block.VERIFY, "verify").on("verify", "*").end("invalid", "INVALID").at("verify");
    }

    private static Drawing asked(Drawing from) {
        return from.block(Block.APPROVALS, "ask").on("ask", "*").end("rejected", "REJECTED").at("ask");
    }

    private static Drawing sealing(Drawing from) {
        return from.block(Block.SEAL, "seal").on("seal", "*").end("unsealed", "INVALID").at("seal");
    }

    private static Drawing running(Drawing from) {
        return from.block(Block.PROVISION, "provision").on("provision", "*").block(Block.WITHDRAW, "withdraw").end("undone", "COMPENSATED").at("provision").end("running", "RUNNING");
    }

    static Stream<Broken> orders() {
        return Stream.of(
                order("no verification", Rule.VERIFY_FIRST, "ask", d -> running(sealing(asked(d)))),
                order("verification on one of two paths", Rule.VERIFY_FIRST, "ask", d -> running(sealing(asked(verified(d.choice("if").when("exposed")).choice("merge").at("if").otherwise().to("merge").at("merge"))))),
                order("no approvals", Rule.QUORUM, "seal", d -> running(sealing(verified(d)))),
                order("approvals on one of two paths", Rule.QUORUM, "seal", d -> running(sealing(asked(verified(d).choice("if").when("exposed")).choice("merge").at("if").otherwise().to("merge").at("merge")))),
                order("approvals beside the seal", Rule.QUORUM, "seal", d -> running(asked(verified(d).parallel("fork")).parallel("join").at("fork").block(Block.SEAL, "seal").on("seal", "*").end("unsealed", "INVALID").at("seal").to("join").at("join"))),
                order("approvals that were rejected", Rule.QUORUM, "seal", d -> running(verified(d).block(Block.APPROVALS, "ask").block(Block.SEAL, "seal").on("seal", "*").end("unsealed", "INVALID").at("ask").on("ask", "*").to("seal").at("seal"))),
                order("approvals that a timer ended", Rule.QUORUM, "seal", d -> running(sealing(asked(verified(d)).choice("merge").at("ask").after("ask", "PT1H", true).to("merge").at("merge")))),
                order("a sub-process around approvals that a timer ended", Rule.QUORUM, "seal", d -> running(sealing(verified(d).open("sub").start("s").block(Block.APPROVALS, "ask").end("e").close().on("sub", "*").end("rejected", "REJECTED")
                        .after("sub", "PT1H", true).to("merge").at("sub").choice("merge")))),
                order("a seal that does not wait for the approvals to end", Rule.QUORUM, "seal", d -> running(sealing(asked(verified(d)).choice("merge").at("ask").after("ask", "PT1M", false).to("merge").at("merge")))),
                order("the first approvals counted for the second", Rule.QUORUM, "seal", d -> running(sealing(asked(verified(d)).block(Block.APPROVALS, "again").on("again", "*").to("merge").at("again").choice("merge")))),
                order("verification again, which failed", Rule.VERIFY_FIRST, "seal", d -> running(sealing(asked(verified(d)).block(Block.VERIFY, "twice").on("twice", "*").to("merge").at("twice").choice("merge")))),
                order("sealed twice", Rule.SEAL_ONCE, "again", d -> running(sealing(asked(verified(d))).block(Block.SEAL, "again").on("again", "*").to("withdraw").at("again"))),
                order("provisioned without a seal", Rule.SEAL_FIRST, "provision", d -> running(asked(verified(d)))),
                order("provisioned when the seal failed", Rule.SEAL_FIRST, "provision", d -> running(asked(verified(d)).block(Block.SEAL, "seal").choice("merge").at("seal").on("seal", "*").to("merge").at("merge"))),
                order("withdrawn without a seal", Rule.SEAL_FIRST, "withdraw", d -> asked(verified(d)).block(Block.WITHDRAW, "withdraw").end("end", "COMPENSATED")),
                order("exposed before it runs", Rule.HEALTHY_FIRST, "expose", d -> running(sealing(asked(verified(d))).block(Block.EXPOSE, "expose").on("expose", "*").to("withdraw").at("expose"))),
                order("exposed after nodes refused", Rule.HEALTHY_FIRST, "expose", d -> sealing(asked(verified(d))).block(Block.PROVISION, "provision").block(Block.EXPOSE, "expose").on("expose", "*").block(Block.WITHDRAW, "withdraw").end("undone", "COMPENSATED")
                        .at("provision").on("provision", "*").to("expose").at("expose").end("running", "RUNNING")),
                order("nothing withdrawn after nodes refused", Rule.UNDO, "failed", d -> sealing(asked(verified(d))).block(Block.PROVISION, "provision").on("provision", "*").end("failed", "FAILED").at("provision").end("running", "RUNNING")),
                order("sealed and left lying", Rule.UNDO, "end", d -> sealing(asked(verified(d))).end("end", "RUNNING")),
                order("provisioned again after a withdrawal", Rule.UNDO, "again", d -> sealing(asked(verified(d))).block(Block.PROVISION, "provision").on("provision", "*").block(Block.WITHDRAW, "withdraw")
                        .block(Block.PROVISION, "again").on("again", "*").to("withdraw").at("again").choice("merge").end("running", "RUNNING").at("provision").to("merge")),
                order("running that was withdrawn", Rule.OUTCOME, "end", d -> sealing(asked(verified(d))).block(Block.PROVISION, "provision").on("provision", "*").to("merge").at("provision").choice("merge").block(Block.WITHDRAW, "withdraw").end("end", "INVALID")),
                order("running without anything", Rule.OUTCOME, "end", d -> verified(d).end("end", "RUNNING")),
                order("no outcome", Rule.OUTCOME, "end", d -> d.wait("w", "PT1S").end("end")),
                order("two outcomes", Rule.OUTCOME, "b", d -> d.parallel("fork").end("a", "INVALID").at("fork").end("b", "INVALID")),
                order("an outcome while approvals are open", Rule.OUTCOME, "over", d -> asked(verified(d).parallel("fork")).end("asked").at("fork").end("over", "INVALID")),
                order("a step after the outcome", Rule.OUTCOME, "verify", d -> d.parallel("fork").end("a", "INVALID").at("fork").block(Block.VERIFY, "verify").on("verify", "*").end("b").at("verify").end("c")),
                order("verified and verified at once", Rule.ONE_AT_A_TIME, "b", d -> d.parallel("fork").block(Block.VERIFY, "a").on("a", "*").to("merge-a").at("a").choice("merge-a").parallel("join")
                        .at("fork").block(Block.VERIFY, "b").on("b", "*").to("merge-b").at("b").choice("merge-b").to("join").at("join").end("end", "INVALID")),
                order("two paths into one block", Rule.TWICE, "w", d -> d.parallel("fork").wait("w", "PT1S").end("end", "FAILED").at("fork").to("w")),
                order("uncaught", Rule.UNCAUGHT, "verify", d -> d.block(Block.VERIFY, "verify").end("end", "INVALID")),
                order("another error caught", Rule.UNCAUGHT, "ask", d -> running(sealing(verified(d).block(Block.APPROVALS, "ask").on("ask", "rejected").end("rejected", "REJECTED").at("ask")))),
                order("an error end that nobody catches", Rule.UNCAUGHT, "thrown", d -> d.fail("thrown", "oh-no")),
                order("a block that nothing leads to", Rule.REACHABLE, "lost", d -> verified(d).end("end", "INVALID").at("").block(Block.VERIFY, "lost").to("lost").at("lost").on("lost", "*").end("x", "INVALID").at("")),
                order("an error that nothing ends with", Rule.REACHABLE, "tell-any", d -> d.block(Block.NOTIFY, "tell", "audience", "requester", "text", "x").end("end", "FAILED").at("tell").on("tell", "*").end("never", "FAILED")),
                order("a join of alternatives", Rule.ENDS, "join", d -> d.choice("if").when("exposed").wait("a", "PT1S").parallel("join").at("if").otherwise().wait("b", "PT1S").to("join").at("join").end("end", "FAILED")),
                order("a loop without a way out", Rule.ENDS, "again", d -> d.choice("if").when("exposed").end("end", "FAILED").at("if").otherwise().choice("again").wait("w", "PT1S").to("again")),
                order("a loop that waits for nothing", Rule.BUSY, "if", d -> d.choice("again").choice("if").when("exposed").end("end", "FAILED").at("if").otherwise().to("again")),
                order("a loop of failing steps", Rule.BUSY, "verify", d -> d.block(Block.VERIFY, "verify").on("verify", "*").to("verify").at("verify").end("end", "INVALID")),
                drawn("more ways than can be tried", Rule.COMPLEX, "acme", manyWays()));
    }

    private static Drawing manyWays() {
        Drawing drawing = new Drawing("acme").start("start").parallel("fork").at("fork");
        for (int i = 0; i < 12; i++) {
            drawing.at("fork").wait("a" + i, "PT1S").wait("b" + i, "PT1S").to("join");
        }
        return drawing.at("").parallel("join").end("end", "FAILED");
    }

    static Stream<Broken> all() {
        return Stream.of(files(), code(), parts(), orders()).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isFound(Broken broken) {
        List<Finding> findings = ModelCheck.ofCustomers(Drawings.SURROUNDINGS).check(broken.file());
        assertThat(findings).as(findings.toString()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(broken.rule());
            assertThat(finding.element()).isEqualTo(broken.element());
            assertThat(finding.wrong()).isNotBlank();
            assertThat(finding.right()).isNotBlank();
        });
        assertThatThrownBy(() -> ModelCheck.ofCustomers(Drawings.SURROUNDINGS).checked(broken.file())).isInstanceOf(RefusedModelException.class).hasMessageContaining(broken.rule().toString());
    }

    @Test
    void everyRuleIsBrokenHere() {
        assertThat(all().map(Broken::rule).collect(Collectors.toSet())).containsExactlyInAnyOrderElementsOf(Arrays.asList(Rule.values()));
    }
}
