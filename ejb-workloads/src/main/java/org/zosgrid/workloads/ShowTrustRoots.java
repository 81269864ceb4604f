package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.TrustRootView;

/** Tells which trust roots there were, which one is in force, and which nodes have followed. */
@Stateless
public class ShowTrustRoots {
    @Inject private Trust trust;
    @Inject private TrustRootViews views;

    /** Every version, the pinned one first. */
    public List<TrustRootView> chain() {
        return trust.chain().stream().map(views::of).toList();
    }

    public TrustRootView current() {
        return views.of(trust.chain().getLast());
    }
}
