package org.zosgrid.workloads.node;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.connector.network.NetworkConnectionFactory;
import org.zosgrid.connector.network.NodeReport;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/**
 * Asks nodes all at once, and waits for none longer than the limit: one that hangs must not hide the others. Who hangs is asked by one thread, however many
 * people look.
 */
@ApplicationScoped
public class AskNodes {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    @Inject private KnownOrganisations organisations;
    @Resource private ManagedExecutorService threads;

    @Resource(lookup = "zos/network")
    private NetworkConnectionFactory networks;

    private final Map<String, Future<Answer>> asked = new ConcurrentHashMap<>();

    /** What came of a question. */
    public sealed interface Answer {
        /** The node answered. */
        record Given(NodeReport report) implements Answer {}

        /** It did not, for this reason. */
        record None(String problem) implements Answer {}
    }

    /** Names of the organisation's nodes that can be asked, in the inventory's order. */
    public List<String> known() throws ResourceException {
        try (NetworkConnection network = networks.getConnection()) {
            return network.nodes().stream().filter(node -> organisations.ownerOf(node).equals(CurrentOrganisation.name())).toList();
        }
    }

    /** Answers of each, in the order of the names, as they come soon enough for a page. */
    public Map<String, Answer> ask(List<String> nodes) {
        return ask(nodes, LIMIT);
    }

    /** Answers of each, in the order of the names, as far as they come within a limit. */
    public Map<String, Answer> ask(List<String> nodes, Duration limit) {
        Map<String, Future<Answer>> questions = new LinkedHashMap<>();
        for (String node : nodes) {
            questions.put(node, asked.compute(node, (name, before) -> before != null && !before.isDone() ? before : threads.submit(() -> one(name))));
        }
        long end = System.nanoTime() + limit.toNanos();
        Map<String, Answer> answers = new LinkedHashMap<>();
        questions.forEach((node, question) -> answers.put(node, await(question, end, limit)));
        return answers;
    }

    private Answer one(String node) {
        try (NetworkConnection network = networks.getConnection()) {
            return new Answer.Given(network.status(node));
        } catch (ResourceException away) {
            return new Answer.None(String.valueOf(away.getMessage()));
        }
    }

    private static Answer await(Future<Answer> question, long end, Duration limit) {
        try {
            return question.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return new Answer.None("it has not answered within " + limit.toSeconds() + " s");
        } catch (ExecutionException failed) {
            return new Answer.None(String.valueOf(failed.getCause()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Answer.None("the server stops");
        }
    }
}
