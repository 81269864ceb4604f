package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what a run did, call by call, and knows nothing of models: a change is sealed after its quorum approved it, nodes hear of what is sealed, routes
 * open when everything runs, and the outcome is true.
 */
final class Trace {
    private static final Set<String> NOT_SEALED = Set.of("INVALID", "REJECTED", "EXPIRED", "WITHDRAWN");

    private final List<String> calls;
    private final Set<String> nodes;
    private final Set<String> refused = new HashSet<>();
    private final Set<String> approvers = new HashSet<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> removed = new HashSet<>();
    private final Set<String> withdrawn = new HashSet<>();
    private boolean verified;
    private boolean enough;
    private int quorum = Integer.MAX_VALUE;
    boolean sealed;
    private int outcomes;

    Trace(List<String> calls, List<String> nodes) {
        this.calls = calls;
        this.nodes = Set.copyOf(nodes);
    }

    /** @param ended whether the run has come to its end */
    void isInOrder(boolean ended) {
        calls.forEach(this::read);
        assertThat(outcomes).as("outcomes of " + calls).isEqualTo(ended ? 1 : outcomes > 0 ? 1 : 0);
    }

    private void read(String call) {
        String[] words = call.split("[ :]+");
        switch (words[0]) {
            case "refuse" -> refused.add(call.substring("refuse ".length()));
            case "verify" -> verified = !refused.contains("verify");
            case "open" -> {
                if (words[1].equals("approval")) {
                    must(verified && !sealed, call);
                    approvers.clear();
                    enough = false;
                    quorum = Integer.parseInt(words[2]);
                } else {
                    must(sealed && running.containsAll(nodes) && withdrawn.isEmpty(), call);
                }
            }
            case "approved" -> {
                approvers.add(words[1]);
                enough = Boolean.parseBoolean(words[2]);
            }
            case "rejected", "withdrawn" -> quorum = Integer.MAX_VALUE;
            case "seal" -> {
                must(verified && enough && approvers.size() >= quorum && !sealed && outcomes == 0, call);
                sealed = !refused.contains("seal");
            }
            case "send" -> {
                must(sealed && withdrawn.isEmpty() && outcomes == 0, call);
                running.remove(words[1]);
            }
            case "answer" -> (words[2].equals("RUNNING") ? running : removed).add(words[1]);
            case "withdraw" -> {
                must(sealed, call);
                withdrawn.add(words[1]);
            }
            case "close" -> must(sealed, call);
            default -> outcome(words[0], call);
        }
    }

    private void outcome(String stage, String call) {
        if (NOT_SEALED.contains(stage)) {
            must(!sealed, call);
            outcomes++;
        } else if (stage.equals("RUNNING")) {
            must(sealed && running.containsAll(nodes) && withdrawn.isEmpty(), call);
            outcomes++;
        } else if (stage.equals("COMPENSATED")) {
            must(sealed && withdrawn.containsAll(nodes), call);
            outcomes++;
        } else if (stage.equals("REMOVED")) {
            must(sealed && removed.containsAll(nodes), call);
            outcomes++;
        } else if (stage.equals("FAILED")) {
            must(!sealed || running.isEmpty(), call);
            outcomes++;
        }
    }

    private void must(boolean holds, String call) {
        assertThat(holds).as("\"" + call + "\" was right in " + calls).isTrue();
    }
}
