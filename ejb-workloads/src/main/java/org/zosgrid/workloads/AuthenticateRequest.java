package org.zosgrid.workloads;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.KeyOwners;
import org.zosgrid.model.RequestNonces;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.engine.OwnTransaction;
import org.zosgrid.workloads.organisation.KnownOrganisations;
import org.zosgrid.workloads.trust.Trust;

/** Finds out who sent a request: every request carries a signature by a key of the trust root, with a nonce that counts once. */
@Stateless
public class AuthenticateRequest {
    @Inject private Trust trust;
    @Inject private RequestNonces nonces;
    @Inject private KnownOrganisations organisations;
    @Inject private KeyOwners owners;
    @EJB private OwnTransaction own;

    /** @throws RefusedException UNAUTHENTICATED with what is wrong, FORBIDDEN for a key that belongs to no person */
    public Caller authenticate(Function<String, Optional<String>> header, String method, String pathAndQuery, byte[] body) {
        String organisation = organisation(header);
        return CurrentOrganisation.in(organisation, () -> authenticate(header, method, pathAndQuery, body, organisation));
    }

    private Caller authenticate(Function<String, Optional<String>> header, String method, String pathAndQuery, byte[] body, String organisation) {
        TrustRoot root = trust.root();
        Instant now = Instant.now();
        HttpSignature.Verified verified;
        try {
            verified = HttpSignature.verify(header, method, pathAndQuery, body, root::key, now);
        } catch (ContractException unsigned) {
            throw new RefusedException(Kind.UNAUTHENTICATED, "The request is not signed as it must be", unsigned.faults());
        }
        KeyId key = verified.keyId();
        if (root.nodes().values().stream().anyMatch(node -> node.key().equals(key))) {
            throw new RefusedException(Kind.FORBIDDEN, "A node's key signs receipts, not requests", new Fault("keyid", "must belong to a person", key.hex()));
        }
        if (!nonces.firstUse(key.hex(), verified.nonce(), now)) {
            throw new RefusedException(Kind.UNAUTHENTICATED, "The request was seen before", new Fault("Signature-Input", "must have a nonce of its own", verified.nonce()));
        }
        return new Caller(root.person(key).orElseThrow(), key, organisation);
    }

    /** To whom the key belongs that the request names; a stranger's is looked for where it is not. */
    private String organisation(Function<String, Optional<String>> header) {
        if (!organisations.several()) {
            return Organisation.DEFAULT;
        }
        Optional<KeyId> key = HttpSignature.named(header);
        OwnTransaction.Result<String> owner = CurrentOrganisation.in(Organisation.DEFAULT, () -> own.call(() -> key.flatMap(id -> owners.of(id.hex())).orElse(Organisation.DEFAULT)));
        if (owner.failure() != null) {
            throw owner.failure();
        }
        return Objects.requireNonNull(owner.value());
    }
}
