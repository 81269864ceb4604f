package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.TrustRootVersion;
import org.zosgrid.model.TrustRoots;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.TrustRootView;

/** Tells which trust roots there were, which one is in force, and which nodes have followed. */
@Stateless
public class ShowTrustRoots {
    @Inject private Trust trust;
    @Inject private TrustRoots roots;

    /** Every version, the pinned one first. */
    public List<TrustRootView> chain() {
        return trust.chain().stream().map(this::view).toList();
    }

    public TrustRootView current() {
        return view(trust.chain().getLast());
    }

    TrustRootView view(Envelope envelope) {
        TrustRoot root = TrustRoot.parse(envelope.payload());
        Optional<TrustRootVersion> stored = roots.find(root.version());
        return new TrustRootView(root.version(), envelope.digest(), root.expires(), envelope.toJson(), stored.map(TrustRootVersion::sealedIndex), stored.map(TrustRootVersion::submitter),
                stored.map(TrustRootVersion::at),
                roots.standing(root.version()).stream().map(each -> new TrustRootView.Node(each.node(), each.progress().name().toLowerCase(Locale.ROOT).replace('_', '-'), each.message())).toList());
    }
}
