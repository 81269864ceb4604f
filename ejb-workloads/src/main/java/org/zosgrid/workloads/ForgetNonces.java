package org.zosgrid.workloads;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Instant;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.model.RequestNonces;

/** Removes nonces whose requests would be refused by their age alone. */
@Singleton
public class ForgetNonces {
    @Inject private RequestNonces nonces;

    @Schedule(hour = "*", minute = "*/5", persistent = false, info = "forget old nonces")
    void forget() {
        // A signature counts from MAX_AGE before its receiver's clock to MAX_AGE after it.
        nonces.forgetBefore(Instant.now().minus(HttpSignature.MAX_AGE.multipliedBy(3)));
    }
}
