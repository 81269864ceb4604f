package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.TrustRootVersion;
import org.zosgrid.model.TrustRoots;
import org.zosgrid.workloads.view.TrustRootView;

/** Puts together what callers get to see of a trust root. */
@ApplicationScoped
public class TrustRootViews {
    @Inject private TrustRoots roots;

    TrustRootView of(Envelope envelope) {
        TrustRoot root = TrustRoot.parse(envelope.payload());
        Optional<TrustRootVersion> stored = roots.find(root.version());
        return new TrustRootView(root.version(), envelope.digest(), root.expires(), envelope.toJson(), stored.map(TrustRootVersion::sealedIndex), stored.map(TrustRootVersion::submitter),
                stored.map(TrustRootVersion::at),
                roots.standing(root.version()).stream().map(each -> new TrustRootView.Node(each.node(), each.progress().name().toLowerCase(Locale.ROOT).replace('_', '-'), each.message())).toList());
    }
}
