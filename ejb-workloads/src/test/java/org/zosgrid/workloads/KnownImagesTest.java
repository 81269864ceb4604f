package org.zosgrid.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;

/** Documents of earlier versions, which were sealed, and which this one would refuse. */
class KnownImagesTest {
    @Test
    void aDocumentThatCannotBeReadNamesNothingAndKeepsNobodyFromTheRest() {
        byte[] refused = new Envelope(PayloadType.DEPLOYMENT, "{\"name\": \"shop\"}".getBytes(StandardCharsets.UTF_8), List.of()).toJson();
        assertThat(KnownImages.images(refused)).isEmpty();
        assertThat(KnownImages.images("no envelope".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
