package org.zosgrid.bpmn.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.zosgrid.bpmn.model.InputType.Choice;
import org.zosgrid.bpmn.model.InputType.Configured;
import org.zosgrid.bpmn.model.InputType.Span;
import org.zosgrid.bpmn.model.InputType.Text;
import org.zosgrid.bpmn.model.InputType.Thing;
import org.zosgrid.bpmn.model.InputType.Whole;

/** What a model is built from. A block is chosen in the modeller by its element template, {@code org.zosgrid.NAME}. */
public enum Block {
    VERIFY("Verify signatures", Act.VERIFY, Drawn.SERVICE_TASK,
            "Checks signatures, freshness, images and nodes. Tries again while somebody who must be asked is away.",
            List.of(), "invalid"),
    APPROVALS("Collect approvals", Act.APPROVALS, Drawn.USER_TASK,
            "Opens a seat for everybody who may approve, reminds at half the time, and ends when the quorum is reached. Never fewer people than the trust root demands.",
            List.of(new Input("table", "Decision table", new Configured(Thing.TABLE), false, "Says how many people must approve; quorum if left out."),
                    new Input("people", "At least so many people", new Whole(1, 100), false, "As many approve, if table and trust root demand fewer.")),
            "rejected", "withdrawn", "expired", "invalid"),
    SEAL("Seal", Act.SEAL, Drawn.SERVICE_TASK,
            "Counts the signatures once more and appends the change to the ledger.",
            List.of(), "invalid"),
    PROVISION("Provision", Act.PROVISION, Drawn.SERVICE_TASK,
            "Sends the sealed contract to every node and waits until everything runs.",
            List.of(patience("how long nodes may take")), "refused", "failed", "too-long"),
    EXPOSE("Expose", Act.EXPOSE, Drawn.SERVICE_TASK,
            "Opens the routes on the gateways.",
            List.of(patience("how long gateways may be away")), "refused", "too-long"),
    WITHDRAW("Withdraw", Act.WITHDRAW, Drawn.SERVICE_TASK,
            "Closes the routes and takes the contract back from every node in reverse order. Does not give up.",
            List.of()),
    REMOVE("Remove", Act.REMOVE, Drawn.SERVICE_TASK,
            "Closes the routes and has every node remove its part, as the sealed removal says.",
            List.of(patience("how long nodes may take")), "refused", "failed", "too-long"),
    NOTIFY("Notify", Act.BESIDE, Drawn.SERVICE_TASK,
            "Hands a message to the mail that goes out.",
            List.of(new Input("audience", "To", new Choice(List.of("requester", "approvers", "operators")), true, "Who is told."),
                    new Input("text", "Text", new Text(500), true, "What they are told; the change's name and version are added."))),
    WEBHOOK("Call a webhook", Act.BESIDE, Drawn.SERVICE_TASK,
            "Hands a signed event to what delivers webhooks. Does not wait for an answer.",
            List.of(new Input("endpoint", "Webhook", new Configured(Thing.ENDPOINT), true, "Which of the configured ones is called; models name no addresses."),
                    new Input("text", "Text", new Text(500), false, "Stands in the event.")),
            "invalid"),
    TICKET("Open a change ticket", Act.BESIDE, Drawn.SERVICE_TASK,
            "Opens a ticket about the change. An answer there is nobody's signature.",
            List.of(new Input("system", "Ticket system", new Configured(Thing.TICKET_SYSTEM), true, "Where it is opened."),
                    new Input("text", "Summary", new Text(200), true, "Its summary."),
                    patience("how long the system may be away")),
            "invalid", "too-long"),
    WINDOW("Wait for a maintenance window", Act.BESIDE, Drawn.SERVICE_TASK,
            "Waits until the window opens; goes on at once if it is open.",
            List.of(new Input("window", "Maintenance window", new Configured(Thing.WINDOW), true, "Which one.")),
            "invalid"),
    END("End with an outcome", Act.NONE, Drawn.END_EVENT,
            "Ends the process and says how the change ended. The outcome must be true: nothing that was not provisioned is running.",
            List.of(new Input("outcome", "Outcome", new Choice(List.of("RUNNING", "REMOVED", "COMPENSATED", "FAILED", "INVALID", "REJECTED", "EXPIRED", "WITHDRAWN")), true, "How it ended."),
                    new Input("why", "Why", new Text(300), false, "For people; if left out, what the error said.")));

    /** Ids of element templates begin with it. */
    static final String TEMPLATES = "org.zosgrid.";
    /** Of inputs and errors; a model names it, so that a later form can be told from this one. */
    public static final int VERSION = 1;

    /** Which element of BPMN stands for a block. */
    enum Drawn {
        SERVICE_TASK("serviceTask"), USER_TASK("userTask"), END_EVENT("endEvent");

        private final String element;

        Drawn(String element) {
            this.element = element;
        }

        String element() {
            return element;
        }
    }

    private final String title;
    private final Act act;
    private final Drawn drawn;
    private final String meaning;
    private final List<Input> inputs;
    private final List<String> errors;

    Block(String title, Act act, Drawn drawn, String meaning, List<Input> inputs, String... errors) {
        this.title = title;
        this.act = act;
        this.drawn = drawn;
        this.meaning = meaning;
        this.inputs = inputs;
        this.errors = List.of(errors);
    }

    private static Input patience(String meaning) {
        return new Input("patience", "Patience", new Span(Duration.ofSeconds(10), Duration.ofDays(7)), false,
                "After it the block ends with too-long: " + meaning + "; the server's own setting if left out.");
    }

    /** Id of its element template. */
    public String template() {
        return TEMPLATES + name().toLowerCase(java.util.Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** For people, one or two sentences. */
    public String meaning() {
        return meaning;
    }

    public List<Input> inputs() {
        return inputs;
    }

    Optional<Input> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }

    /** Codes of the errors that it can end with; each must be caught. */
    public List<String> errors() {
        return errors;
    }

    Act act() {
        return act;
    }

    Drawn drawn() {
        return drawn;
    }

    static Optional<Block> ofTemplate(String template) {
        return Arrays.stream(values()).filter(block -> block.template().equals(template)).findFirst();
    }

    static String all() {
        return String.join(", ", Arrays.stream(values()).map(Block::template).toList());
    }
}
