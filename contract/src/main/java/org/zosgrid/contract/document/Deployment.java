package org.zosgrid.contract.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.policy.Policy;

/**
 * What shall run: machines on nodes, the network between them, and the names under which the internet may reach them.
 *
 * @param approval what this document demands beyond the trust root's policy, for itself and for whatever comes after it
 * @param workflow name of the customer's model by which it is approved and done; empty for the built-in one
 * @param emergency makes it an emergency change; empty for the usual way
 * @param dataClass what it works on; where that is empty, whoever asks takes it for {@link DataClass#RESTRICTED}
 */
public record Deployment(
        String name,
        long version,
        String requester,
        Environment environment,
        Instant created,
        Instant expires,
        String description,
        Network network,
        List<Machine> machines,
        List<GatewayRoute> gateways,
        Policy approval,
        Optional<String> workflow,
        Optional<Emergency> emergency,
        Demand demand,
        Optional<DataClass> dataClass)
        implements ChangeDocument {
    private static final int MAX_MACHINES = 64;
    private static final int MAX_ROUTES = 64;
    private static final int MAX_GROUPS = 16;
    private static final int MAX_DESCRIPTION = 1000;
    /** How long it may take to be approved, where nobody says. */
    private static final Duration USUAL_TIME = Duration.ofDays(1);

    /** In the usual way, with no demand beyond the rules, and of data of which nothing is said. */
    public Deployment(
            String name, long version, String requester, Environment environment, Instant created, Instant expires, String description, Network network, List<Machine> machines, List<GatewayRoute> gateways, Policy approval,
            Optional<String> workflow) {
        this(name, version, requester, environment, created, expires, description, network, machines, gateways, approval, workflow, Optional.empty(), Demand.NONE, Optional.empty());
    }

    public Deployment {
        machines = List.copyOf(machines);
        gateways = List.copyOf(gateways);
    }

    public static Deployment parse(byte[] payload) {
        return read(JsonObject.of(payload, "deployment"));
    }

    /** Reads the YAML that people write; field by field the same as the JSON, but {@code created} may be left out and is this moment then, and {@code expires}, which is a day after that moment then. */
    public static Deployment fromYaml(String yaml) {
        if (yaml.length() > StrictJson.MAX_BYTES) {
            throw new ContractException("deployment", "must not be larger than " + StrictJson.MAX_BYTES + " bytes", yaml.length() + " characters");
        }
        try {
            JsonNode node = Yaml.MAPPER.readTree(yaml);
            if (node instanceof ObjectNode written && !written.hasNonNull("created")) {
                Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
                written.put("created", now.toString());
                if (!written.hasNonNull("expires")) {
                    written.put("expires", now.plus(USUAL_TIME).toString());
                }
            }
            return read(JsonObject.of(node == null ? StrictJson.object().nullNode() : node, "deployment"));
        } catch (JsonProcessingException broken) {
            throw new ContractException("deployment", "is no YAML: " + inOneLine(broken));
        }
    }

    /** The parser draws the place below what it says: here the place is named. */
    private static String inOneLine(JsonProcessingException broken) {
        String problem = broken.getOriginalMessage().lines().filter(line -> !line.isBlank() && !line.startsWith(" ")).reduce((first, second) -> first + ", " + second).orElse("");
        JsonLocation at = broken.getLocation();
        return at == null ? problem : "at line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + problem;
    }

    private static Deployment read(JsonObject object) {
        String name = object.text("name", Names.MAX, Names.NAME, Names.FORM);
        long version = object.number("version", 1, Long.MAX_VALUE);
        String requester = object.text("requester", Names.MAX, Names.NAME, Names.FORM);
        Environment environment = object.value("environment", 20, Environment::parse, Environment.PRODUCTION);
        Instant created = object.instant("created");
        Instant expires = object.instant("expires");
        String description = object.text("description", MAX_DESCRIPTION, "");
        Optional<Network> network = object.object("network", each -> new Network(each.text("name", Names.MAX), each.text("subnet", 20)));
        List<Machine> machines = object.objects("machines", MAX_MACHINES, Deployment::machine);
        List<GatewayRoute> gateways = object.objects("gateways", MAX_ROUTES, each -> new GatewayRoute(
                each.text("name", Names.MAX),
                each.text("node", Names.MAX),
                each.text("host", 253),
                each.text("machine", Names.MAX),
                (int) each.number("port", 1, 65_535)));
        Policy approval = Policy.read(object, "approval");
        Optional<String> workflow = object.has("workflow") ? Optional.of(object.text("workflow", Names.MAX, Names.NAME, Names.FORM)) : Optional.empty();
        Optional<Emergency> emergency = object.has("emergency") ? object.object("emergency", Emergency::read) : Optional.empty();
        emergency.filter(each -> !each.until().isAfter(created)).ifPresent(each -> object.fault("emergency.until", "must lie after created, " + created, each.until().toString()));
        Demand demand = Demand.read(object);
        Optional<DataClass> dataClass = object.has("dataClass") ? Optional.of(object.value("dataClass", 20, DataClass::parse, DataClass.RESTRICTED)) : Optional.empty();
        if (machines.size() == object.count("machines")) {
            rules(object, network, machines, gateways); // otherwise it would be told of machines that are there, and only not understood
        }
        object.end();
        return new Deployment(name, version, requester, environment, created, expires, description, network.orElseThrow(), machines, gateways, approval, workflow, emergency, demand, dataClass);
    }

    private static Machine machine(JsonObject each) {
        ImageReference image = each.value("image", 300, ImageReference::parse, ImageReference.parse("a:a"));
        return new Machine(
                each.text("name", Names.MAX),
                each.text("node", Names.MAX),
                image,
                each.texts("command", 256, 4096),
                environment(each),
                (int) each.number("cpuMillis", 10, 64_000),
                each.value("memory", 20, DataSize::parse, new DataSize(1)),
                each.numbers("ports", 32, 1, 65_535),
                terminal(each));
    }

    /** Names of groups: which there are, the trust root says at the time. */
    private static Set<String> terminal(JsonObject each) {
        List<String> written = each.texts("terminal", MAX_GROUPS, Names.MAX);
        Set<String> groups = new TreeSet<>();
        for (String group : written) {
            if (!Names.NAME.matcher(group).matches()) {
                each.fault("terminal", "must be names of roles or approver groups: " + Names.FORM, group);
            } else if (!groups.add(group)) {
                each.fault("terminal", "must not contain the same name twice", group);
            }
        }
        return groups;
    }

    private static java.util.Map<String, String> environment(JsonObject each) {
        java.util.Map<String, String> variables = each.textMap("environment", 256, 32_768);
        variables.forEach((name, value) -> {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,127}")) {
                each.fault("environment." + name, "is no name for an environment variable", name);
            }
            if (value.indexOf('\0') >= 0) {
                each.fault("environment." + name, "must not contain a NUL character", "");
            }
        });
        return variables;
    }

    /** What no field can say alone. */
    private static void rules(JsonObject object, Optional<Network> network, List<Machine> machines, List<GatewayRoute> gateways) {
        unique(object, "machines", machines, Machine::name);
        unique(object, "gateways", gateways, GatewayRoute::name);
        unique(object, "gateways", gateways, GatewayRoute::host);
        if (machines.isEmpty()) {
            object.fault("machines", "must name at least one machine (a removal is a document of its own)", "");
        }
        network.ifPresent(each -> {
            if (machines.size() > (1 << (32 - each.prefix())) - 3) {
                object.fault("network.subnet", "has no room for " + machines.size() + " machines", each.subnet());
            }
        });
        for (GatewayRoute route : gateways) {
            Optional<Machine> backend = machines.stream().filter(machine -> machine.name().equals(route.machine())).findFirst();
            if (backend.isEmpty()) {
                object.fault("gateways." + route.name() + ".machine", "must be one of the document's machines", route.machine());
            } else if (!backend.get().ports().contains(route.port())) {
                object.fault("gateways." + route.name() + ".port", "must be one of the machine's ports", Integer.toString(route.port()));
            }
        }
    }

    private static <T> void unique(JsonObject object, String field, List<T> list, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T each : list) {
            if (!seen.add(name.apply(each))) {
                object.fault(field, "must not contain the same name twice", name.apply(each));
            }
        }
    }

    public Deployment withMachines(List<Machine> others) {
        return new Deployment(name, version, requester, environment, created, expires, description, network, others, gateways, approval, workflow, emergency, demand, dataClass);
    }

    @Override
    public Deployment withDemand(Demand other) {
        return new Deployment(name, version, requester, environment, created, expires, description, network, machines, gateways, approval, workflow, emergency, other, dataClass);
    }

    /** The same as an emergency change, or, with nothing, in the usual way. */
    public Deployment withEmergency(Optional<Emergency> other) {
        return new Deployment(name, version, requester, environment, created, expires, description, network, machines, gateways, approval, workflow, other, demand, dataClass);
    }

    /** The same, of data of another class. */
    public Deployment withDataClass(Optional<DataClass> other) {
        return new Deployment(name, version, requester, environment, created, expires, description, network, machines, gateways, approval, workflow, emergency, demand, other);
    }

    @Override
    public Set<String> nodes() {
        Set<String> nodes = new TreeSet<>();
        machines.forEach(machine -> nodes.add(machine.node()));
        gateways.forEach(route -> nodes.add(route.node()));
        return nodes;
    }

    @Override
    public String payloadType() {
        return PayloadType.DEPLOYMENT;
    }

    @Override
    public byte[] toJson() {
        ObjectNode object = StrictJson.object()
                .put("name", name)
                .put("version", version)
                .put("requester", requester)
                .put("environment", environment.toString())
                .put("created", created.toString())
                .put("expires", expires.toString())
                .put("description", description);
        object.putObject("network").put("name", network.name()).put("subnet", network.subnet());
        for (Machine machine : machines) {
            ObjectNode each = object.withArray("machines").addObject()
                    .put("name", machine.name())
                    .put("node", machine.node())
                    .put("image", machine.image().toString());
            machine.command().forEach(each.putArray("command")::add);
            ObjectNode environment = each.putObject("environment");
            machine.environment().forEach(environment::put);
            each.put("cpuMillis", machine.cpuMillis()).put("memory", machine.memory().toString());
            machine.ports().forEach(each.putArray("ports")::add);
            if (!machine.terminal().isEmpty()) {
                machine.terminal().forEach(each.putArray("terminal")::add);
            }
        }
        object.withArray("gateways");
        for (GatewayRoute route : gateways) {
            object.withArray("gateways").addObject()
                    .put("name", route.name())
                    .put("node", route.node())
                    .put("host", route.host())
                    .put("machine", route.machine())
                    .put("port", route.port());
        }
        if (!approval.isEmpty()) {
            approval.write(object, "approval");
        }
        workflow.ifPresent(name -> object.put("workflow", name));
        emergency.ifPresent(each -> each.write(object));
        dataClass.ifPresent(each -> object.put("dataClass", each.toString()));
        demand.write(object);
        return StrictJson.bytes(object);
    }

    /** Loaded only where somebody reads YAML: a node never does. */
    private static final class Yaml {
        static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
