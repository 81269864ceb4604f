package org.zosgrid.connector.flist;

import jakarta.resource.spi.ResourceAdapterInternalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.inventory.FollowedInventory;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.contract.organisation.Organisations;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.contract.trust.FollowedTrustRoot;

/**
 * What the adapter's properties mean.
 *
 * @param tls who we are to nodes; made once, since that takes longer than a handshake
 */
record AdapterConfiguration(FollowedInventory nodes, SSLContext tls, FollowedTrustRoot trustRoot, URI hub) {

    /** Reads what the properties name; every fault is told, not only the first. */
    static AdapterConfiguration read(@Nullable String inventory, @Nullable String tlsDirectory, @Nullable String trustRoot, @Nullable String trustRoots, @Nullable String hub)
            throws ResourceAdapterInternalException {
        List<String> faults = new ArrayList<>();
        Optional<FollowedInventory> nodes = read("inventory", inventory, path -> new FollowedInventory(Path.of(path)), faults);
        Optional<SSLContext> tls = read("tlsDirectory", tlsDirectory, path -> ManagementTls.context(ManagementIdentity.read(Path.of(path))), faults);
        Optional<FollowedTrustRoot> root = read("trustRoot", trustRoot,
                file -> new FollowedTrustRoot(pinned(file), Optional.ofNullable(trustRoots).filter(each -> !each.isBlank()).map(Path::of)), faults);
        Optional<URI> address = read("hub", hub, AdapterConfiguration::address, faults);
        if (!faults.isEmpty()) {
            throw new ResourceAdapterInternalException("the adapter to images cannot start: " + String.join("; ", faults));
        }
        return new AdapterConfiguration(nodes.orElseThrow(), tls.orElseThrow(), root.orElseThrow(), address.orElseThrow());
    }

    /** One for each organisation. Later versions of another's trust root appear beside the default one's directory, as the control plane writes them there. */
    static Map<String, AdapterConfiguration> ofAll(AdapterConfiguration ofDefault, @Nullable String trustRoots, @Nullable String organisations) throws ResourceAdapterInternalException {
        Map<String, AdapterConfiguration> all = new TreeMap<>(Map.of(Organisation.DEFAULT, ofDefault));
        if (organisations == null || organisations.isBlank()) {
            return all;
        }
        List<String> faults = new ArrayList<>();
        Optional<Path> beside = Optional.ofNullable(trustRoots).filter(each -> !each.isBlank()).map(each -> Path.of(each).resolveSibling("trust-roots-of"));
        read("organisations", organisations, file -> Organisations.read(Path.of(file)), faults).ifPresent(known -> known.all().forEach(each -> each.own().ifPresent(own ->
                read("trustRoot of " + each.name(), own.trustRoot().toString(), file -> new FollowedTrustRoot(pinned(file), beside.map(folder -> folder.resolve(each.name()))), faults)
                        .ifPresent(root -> all.put(each.name(), new AdapterConfiguration(ofDefault.nodes(), ofDefault.tls(), root, address(own.hub())))))));
        if (!faults.isEmpty()) {
            throw new ResourceAdapterInternalException("the adapter to images cannot start: " + String.join("; ", faults));
        }
        return all;
    }

    private static <T> Optional<T> read(String property, @Nullable String value, Function<String, T> reader, List<String> faults) {
        if (value == null || value.isBlank()) {
            faults.add(property + ": is not set");
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(value));
        } catch (RuntimeException wrong) {
            faults.add(property + ": " + wrong.getMessage() + " (is: " + value + ")");
            return Optional.empty();
        }
    }

    private static Envelope pinned(String file) {
        try {
            return Envelope.parse(Files.readAllBytes(Path.of(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot be read: " + unreadable, unreadable);
        }
    }

    private static URI address(String text) {
        URI address = URI.create(text);
        if (!("http".equals(address.getScheme()) || "https".equals(address.getScheme())) || address.getHost() == null) {
            throw new IllegalArgumentException("must be a URL such as http://10.231.0.1:8090");
        }
        return address;
    }
}
