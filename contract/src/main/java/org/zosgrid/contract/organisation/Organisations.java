package org.zosgrid.contract.organisation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.JsonObject;

/**
 * Who shares an installation, from a JSON file that its operator keeps:
 * {@code {"organisations": [{"name", "trustRoot", "ledgerKey", "hub", "nodes", "metricsToken", "scimToken", "mailAddresses",
 * "tickets": {"system", "url", "user", "passwordFile", "project", "issueType"}, "quota": {"deployments", "cpuMillis", "memory"}}]}}. The default organisation is there whether it is named or not, and has nothing but a name and a quota: the rest are the installation's own settings.
 */
public record Organisations(List<Organisation> all) {
    /** Nobody but the default organisation. */
    public static final Organisations ONE = new Organisations(List.of(Organisation.theDefault(Quota.NONE)));

    private static final int MAX = 1000;
    private static final int MAX_NODES = 10_000;
    private static final int MAX_PATH = 4096;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,34}[a-z0-9])?");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/?#\\s]+/?");

    public Organisations {
        all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        Set<String> nodes = new HashSet<>();
        List<Fault> faults = new ArrayList<>();
        for (Organisation each : all) {
            if (!names.add(each.name())) {
                faults.add(new Fault("organisations", "must have names of their own", each.name()));
            }
            each.own().map(Organisation.Own::nodes).orElse(Set.of()).stream().sorted().filter(node -> !nodes.add(node))
                    .forEach(node -> faults.add(new Fault(each.field("nodes"), "must belong to one organisation only", node)));
        }
        if (!faults.isEmpty()) {
            throw new ContractException(faults);
        }
    }

    /**
     * From a file, whose place relative paths in it start from.
     *
     * @throws ContractException with every fault, also of a file of addresses that is not there or has what is none: nobody would miss mail that never came
     */
    public static Organisations read(Path file) {
        try {
            Organisations read = parse(Files.readAllBytes(file), Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow());
            read.checkAddresses();
            return read;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the organisations " + file, unreadable);
        }
    }

    static Organisations parse(byte[] json, Path base) {
        JsonObject object = JsonObject.of(json, "organisations");
        List<Organisation> all = new ArrayList<>(object.objects("organisations", MAX, each -> organisation(each, base)));
        object.end();
        if (all.stream().noneMatch(each -> each.name().equals(Organisation.DEFAULT))) {
            all.addFirst(Organisation.theDefault(Quota.NONE));
        }
        return new Organisations(all);
    }

    private static Organisation organisation(JsonObject json, Path base) {
        String name = json.text("name", 36, NAME, "1 to 36 of a-z, 0-9 and '-', beginning and ending with a letter or digit");
        Quota quota = json.has("quota") ? json.object("quota", Quota::read).orElse(Quota.NONE) : Quota.NONE;
        if (name.equals(Organisation.DEFAULT)) {
            return Organisation.theDefault(quota);
        }
        return new Organisation(name, Optional.of(new Organisation.Own(
                base.resolve(json.text("trustRoot", MAX_PATH)),
                base.resolve(json.text("ledgerKey", MAX_PATH)),
                json.text("hub", MAX_PATH, ADDRESS, "an http or https address"),
                Set.copyOf(new HashSet<>(json.texts("nodes", MAX_NODES, 36))),
                file(json, "metricsToken", base), file(json, "scimToken", base), file(json, "mailAddresses", base),
                json.has("tickets") ? json.object("tickets", each -> TicketDesk.read(each, base)) : Optional.empty())), quota);
    }

    private static Optional<Path> file(JsonObject json, String field, Path base) {
        return json.has(field) ? Optional.of(base.resolve(json.text(field, MAX_PATH))) : Optional.empty();
    }

    private void checkAddresses() {
        List<Fault> faults = all.stream().flatMap(each -> each.own().flatMap(Organisation.Own::mailAddresses).stream().flatMap(file -> faults(each.field("mailAddresses"), file).stream())).toList();
        if (!faults.isEmpty()) {
            throw new ContractException(faults);
        }
    }

    private static List<Fault> faults(String field, Path addresses) {
        try {
            MailAddresses.read(addresses);
            return List.of();
        } catch (ContractException wrong) {
            return wrong.faults().stream().map(each -> new Fault(field + "." + each.field(), each.problem(), each.value())).toList();
        } catch (IOException unreadable) {
            return List.of(new Fault(field, "must be a file that can be read", addresses.toString()));
        }
    }

    /** Whether there is anybody to be kept apart. */
    public boolean several() {
        return all.size() > 1;
    }

    public Optional<Organisation> find(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** To whom a node belongs: one that nobody claims is the default organisation's. */
    public String ownerOf(String node) {
        return all.stream().filter(each -> each.own().filter(own -> own.nodes().contains(node)).isPresent()).map(Organisation::name).findFirst().orElse(Organisation.DEFAULT);
    }
}
