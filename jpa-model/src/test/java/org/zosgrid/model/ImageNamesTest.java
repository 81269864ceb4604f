package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.document.ImageReference;

/** What contents of images are called, in a real PostgreSQL. */
class ImageNamesTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
    private static final String ONE = "1".repeat(64);
    private static final String OTHER = "2".repeat(64);

    private final TestDatabase database = TestDatabase.create();

    @Test
    void sealedDeploymentsAndPromotionsAreReadOnceInTheLedgersOrder() {
        change("late", ChangeKind.DEPLOYMENT, OptionalLong.of(7));
        change("early", ChangeKind.PROMOTION, OptionalLong.of(3));
        change("open", ChangeKind.DEPLOYMENT, OptionalLong.empty());
        change("still", ChangeKind.PAUSE, OptionalLong.of(5));
        assertThat(read(1)).containsExactly(3L);
        assertThat(read(10)).containsExactly(7L);
        assertThat(read(10)).isEmpty();
        change("new", ChangeKind.DEPLOYMENT, OptionalLong.of(8));
        assertThat(read(10)).containsExactly(8L);
    }

    @Test
    void aContentHasEveryNameThatADocumentGaveIt() {
        change("shop", ChangeKind.DEPLOYMENT, OptionalLong.of(0));
        database.run(entities -> {
            ImageNames names = new ImageNames(entities);
            ImageNames.Sealed sealed = names.unread(1).getFirst();
            assertThat(sealed.envelope()).containsExactly(1);
            names.keep(sealed, List.of(image("demo/web:stable@sha256:" + ONE), image("demo/web:1.0@sha256:" + ONE), image("demo/web:1.0@sha256:" + ONE), image("demo/db:1.0")));
            assertThat(names.of(List.of(ONE, OTHER))).isEqualTo(Map.of(ONE, List.of("demo/web:1.0", "demo/web:stable")));
            assertThat(names.of(List.of())).isEmpty();
        });
    }

    private List<Long> read(int limit) {
        return database.ask(entities -> {
            ImageNames names = new ImageNames(entities);
            List<ImageNames.Sealed> unread = names.unread(limit);
            unread.forEach(each -> names.keep(each, List.of()));
            return unread.stream().map(ImageNames.Sealed::index).toList();
        });
    }

    private static ImageReference image(String reference) {
        return ImageReference.parse(reference);
    }

    private void change(String name, ChangeKind kind, OptionalLong sealed) {
        database.run(entities -> {
            Change change = new Change(name, 1, kind, "alice", "d", new byte[] {1}, NOW, NOW.plusSeconds(600), "k" + name + kind);
            sealed.ifPresent(index -> change.seal(new byte[] {2}, index, ChangeState.RUNNING));
            change.enter(sealed.isPresent() ? ChangeState.SUPERSEDED : ChangeState.INVALID, "");
            new Changes(entities).add(change);
        });
    }
}
