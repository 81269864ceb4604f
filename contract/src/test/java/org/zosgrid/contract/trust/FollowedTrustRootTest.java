package org.zosgrid.contract.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zosgrid.contract.trust.TrustRootChainTest.FIRST;
import static org.zosgrid.contract.trust.TrustRootChainTest.SECOND;
import static org.zosgrid.contract.trust.TrustRootChainTest.THIRD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.ContractException;

/** A trust root whose next versions somebody else writes down. */
class FollowedTrustRootTest {
    @TempDir
    Path directory;

    @Test
    void aVersionCountsAsSoonAsItsFileIsThere() {
        FollowedTrustRoot followed = new FollowedTrustRoot(FIRST, Optional.of(directory.resolve("later")));
        assertThat(followed.newest().version()).isEqualTo(1);
        TrustRootStore store = TrustRootStore.open(directory.resolve("later"), FIRST);
        assertThat(followed.newest().version()).isEqualTo(1);
        store.advance(SECOND);
        store.advance(THIRD);
        assertThat(followed.newest().version()).isEqualTo(3);
        assertThat(new FollowedTrustRoot(FIRST, Optional.empty()).newest().version()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFollowIsToldAndNothingIsLost() throws IOException {
        FollowedTrustRoot followed = new FollowedTrustRoot(FIRST, Optional.of(directory));
        Files.write(directory.resolve("2.root.json"), THIRD.toJson());
        assertThatThrownBy(followed::newest).isInstanceOf(ContractException.class).hasMessageContaining("must be 2");
        Files.write(directory.resolve("2.root.json"), SECOND.toJson());
        assertThat(followed.newest().version()).isEqualTo(2);
        Files.delete(directory.resolve("2.root.json"));
        assertThat(followed.newest().version()).as("never back").isEqualTo(2);
    }
}
