package org.zosgrid.workloads.token;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.TokenHolder;
import org.zosgrid.workloads.TokenHolder.Role;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Whose tokens count here, and for what. */
@ApplicationScoped
public class TokenSettings {
    @Inject
    @ConfigProperty(name = "zos.tokens.issuer")
    private Optional<String> issuer;

    @Inject
    @ConfigProperty(name = "zos.tokens.audience")
    private Optional<String> audience;

    @Inject
    @ConfigProperty(name = "zos.tokens.keys")
    private Optional<String> keys;

    @Inject
    @ConfigProperty(name = "zos.tokens.groups-claim")
    private String groupsClaim;

    @Inject
    @ConfigProperty(name = "zos.tokens.readers")
    private Optional<String> readers;

    @Inject
    @ConfigProperty(name = "zos.tokens.administrators")
    private Optional<String> administrators;

    @Inject
    @ConfigProperty(name = "zos.tokens.provisioners")
    private Optional<String> provisioners = Optional.empty();

    @Inject
    @ConfigProperty(name = "zos.tokens.organisation-claim")
    private Optional<String> organisationClaim = Optional.empty();

    @Inject private KnownOrganisations organisations;

    private Optional<TokenVerifier> verifier = Optional.empty();

    /** For the container. */
    public TokenSettings() {}

    TokenSettings(TokenVerifier verifier, String readers, String administrators) {
        this.verifier = Optional.of(verifier);
        this.readers = Optional.of(readers);
        this.administrators = Optional.of(administrators);
    }

    @PostConstruct
    void prepare() {
        // the catalogue demands the three together
        verifier = issuer.map(name -> new TokenVerifier(name, audience.orElseThrow(), address(keys.orElseThrow()), groupsClaim, organisationClaim));
    }

    /** @throws RefusedException UNAUTHENTICATED with what is wrong, FORBIDDEN for a good token that no role is given to, UNAVAILABLE */
    public TokenHolder holder(String token) {
        TokenVerifier.Claims claims = verifier
                .orElseThrow(() -> new RefusedException(Kind.UNAUTHENTICATED, "No tokens are taken here", new Fault("Authorization", "must not be there while zos.tokens.issuer is empty", "a token")))
                .verify(token);
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        if (any(claims.groups(), administrators)) {
            roles.addAll(EnumSet.of(Role.ADMINISTRATOR, Role.READER));
        }
        if (any(claims.groups(), readers)) {
            roles.add(Role.READER);
        }
        if (any(claims.groups(), provisioners)) {
            roles.add(Role.PROVISIONER);
        }
        if (roles.isEmpty()) {
            throw new RefusedException(Kind.FORBIDDEN, "The token's groups have no role here", new Fault("groups", "must have one of zos.tokens.readers, zos.tokens.administrators or zos.tokens.provisioners", claims.name()));
        }
        return new TokenHolder(claims.subject(), claims.name(), roles, organisation(claims));
    }

    /** Without the setting, or where nobody shares this server, tokens are the default organisation's. A token that names none, or one that is not here, is nobody's. */
    private String organisation(TokenVerifier.Claims claims) {
        if (organisationClaim.isEmpty()) {
            return Organisation.DEFAULT;
        }
        return claims.organisation().filter(name -> organisations.find(name).isPresent())
                .orElseThrow(() -> new RefusedException(Kind.FORBIDDEN, "The token names no organisation here", new Fault(organisationClaim.orElseThrow(), "must be the name of an organisation", claims.name())));
    }

    private static boolean any(Set<String> groups, Optional<String> named) {
        Set<String> counting = named.stream().flatMap(list -> Arrays.stream(list.split(","))).map(String::strip).filter(each -> !each.isEmpty()).collect(Collectors.toSet());
        return !Collections.disjoint(groups, counting);
    }

    private static URL address(String keys) {
        try {
            return URI.create(keys).toURL();
        } catch (MalformedURLException unchecked) {
            throw new IllegalStateException("zos.tokens.keys was checked when the server started", unchecked);
        }
    }
}
