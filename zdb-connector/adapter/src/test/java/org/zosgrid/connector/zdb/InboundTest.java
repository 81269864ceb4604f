package org.zosgrid.connector.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.InvalidPropertyException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of real stores delivered to a listener, while stores go away and listeners fail. */
@Timeout(60)
class InboundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final TestContainer container = new TestContainer();
    private final TestApplication application = new TestApplication(container);
    private final RecordActivation receipts = new RecordActivation();
    private final ZdbResourceAdapter adapter = new ZdbResourceAdapter();
    private TestNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TestNodes(directory, "compute-1", "gateway-1");
        adapter.setInventory(nodes.inventory().toString());
        adapter.setTlsDirectory(nodes.tlsDirectory().toString());
        adapter.start(container);
        receipts.setNamespace("receipts");
        receipts.setResourceAdapter(adapter);
    }

    @AfterEach
    void stop() {
        adapter.stop();
        nodes.close();
    }

    @Test
    void everyRecordOfEveryNodeIsDeliveredOnceAndInOrder() throws Exception {
        write("compute-1", 0, 150); // more than two pages
        write("gateway-1", 0, 3);
        activate();
        awaitStored("compute-1", 150);
        awaitStored("gateway-1", 3);
        write("compute-1", 150, 20);
        awaitStored("compute-1", 170);
        assertThat(application.stored("compute-1")).isEqualTo(names("compute-1", 170));
        assertThat(application.stored("gateway-1")).isEqualTo(names("gateway-1", 3));
        names("compute-1", 170).forEach(record -> assertThat(application.deliveries(record)).isEqualTo(1));
    }

    @Test
    void whatTheListenerHasStoredIsNotDeliveredAgainAfterAReactivation() throws Exception {
        activate();
        write("compute-1", 0, 5);
        awaitStored("compute-1", 5);
        adapter.endpointDeactivation(application, receipts);
        write("compute-1", 5, 5);
        activate();
        awaitStored("compute-1", 10);
        names("compute-1", 10).forEach(record -> assertThat(application.deliveries(record)).isEqualTo(1));
    }

    @Test
    void aNodesRestartsLoseNothingAndRepeatNothing() throws Exception {
        activate();
        for (int round = 0; round < 3; round++) {
            write("compute-1", round * 10, 10);
            nodes.kill("compute-1");
            Thread.sleep(250);
            nodes.start("compute-1");
        }
        awaitStored("compute-1", 30);
        assertThat(application.stored("compute-1")).isEqualTo(names("compute-1", 30));
        names("compute-1", 30).forEach(record -> assertThat(application.deliveries(record)).isEqualTo(1));
    }

    @Test
    void aNodeThatIsAwayDoesNotHoldUpTheOthers() throws Exception {
        nodes.kill("compute-1");
        activate();
        write("gateway-1", 0, 2);
        awaitStored("gateway-1", 2);
        nodes.start("compute-1");
        write("compute-1", 0, 2);
        awaitStored("compute-1", 2);
    }

    @Test
    void aNodeThatJoinsIsHeardAndOneThatLeavesIsNotAndMayComeBack() throws Exception {
        nodes.list("compute-1");
        activate();
        write("compute-1", 0, 1);
        awaitStored("compute-1", 1);
        write("gateway-1", 0, 2);
        assertThat(container.threads).hasSize(1);
        nodes.list("compute-1", "gateway-1");
        awaitStored("gateway-1", 2);
        nodes.list("compute-1");
        await(() -> container.threads.stream().filter(Thread::isAlive).count() == 1, () -> "gateway-1 is still read");
        write("gateway-1", 2, 1);
        write("compute-1", 1, 1);
        awaitStored("compute-1", 2);
        assertThat(application.stored("gateway-1")).hasSize(2);
        nodes.list("gateway-1", "compute-1");
        awaitStored("gateway-1", 3);
        names("gateway-1", 3).forEach(record -> assertThat(application.deliveries(record)).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatIsNotCommittedIsDeliveredAgain(TestApplication.Mishap mishap) throws Exception {
        nodes.kill("gateway-1"); // so that only one reader meets the mishaps
        application.let(mishap, mishap, mishap);
        write("compute-1", 0, 5);
        activate();
        awaitStored("compute-1", 5);
        assertThat(application.mishapsAreOver()).isTrue();
        assertThat(application.stored("compute-1")).isEqualTo(names("compute-1", 5));
        names("compute-1", 5).subList(1, 5).forEach(record -> assertThat(application.deliveries(record)).isEqualTo(1));
        boolean beforeDelivery = mishap == TestApplication.Mishap.NEXT_THROWS || mishap == TestApplication.Mishap.NO_LISTENER;
        assertThat(application.deliveries("compute-1 0")).isEqualTo(beforeDelivery ? 1 : 4);
    }

    @Test
    void deactivationEndsEveryThreadAndDeliversNothingMore() throws Exception {
        activate();
        write("compute-1", 0, 1);
        awaitStored("compute-1", 1);
        adapter.endpointDeactivation(application, receipts);
        assertThat(container.threads).hasSize(2).allMatch(thread -> ended(thread));
        write("compute-1", 1, 1);
        Thread.sleep(500);
        assertThat(application.stored("compute-1")).hasSize(1);
        adapter.endpointDeactivation(application, receipts); // twice does no harm
    }

    @Test
    void stoppingTheAdapterEndsReadersThatPauseBecauseANodeIsAway() throws Exception {
        nodes.kill("compute-1");
        nodes.kill("gateway-1");
        activate();
        Thread.sleep(500); // into the longer pauses
        adapter.stop();
        assertThat(container.threads).hasSize(2).allMatch(thread -> ended(thread));
        nodes.start("compute-1");
        nodes.start("gateway-1");
    }

    @Test
    void anActivationWithoutANamespaceIsRefused() {
        for (String wrong : new String[] {null, "", "re ceipts", "x".repeat(129)}) {
            receipts.setNamespace(wrong);
            assertThatThrownBy(receipts::validate).isInstanceOf(InvalidPropertyException.class).hasMessageContaining("namespace: must be 1 to 128 of");
            assertThatThrownBy(this::activate).isInstanceOf(InvalidPropertyException.class);
        }
        assertThat(container.threads).isEmpty();
    }

    private static boolean ended(Thread thread) {
        try {
            thread.join(1_000); // it has counted itself as ended and may take a moment to be so
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return !thread.isAlive();
    }

    private void activate() throws ResourceException {
        adapter.endpointActivation(application, receipts);
    }

    private void write(String node, int from, int count) {
        names(node, from + count).subList(from, from + count).forEach(record -> nodes.log(node, "receipts").append(record.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> names(String node, int count) {
        return IntStream.range(0, count).mapToObj(number -> node + " " + number).toList();
    }

    private void awaitStored(String node, int count) throws InterruptedException {
        await(() -> application.stored(node).size() >= count, () -> node + " has stored " + application.stored(node) + ", not yet " + count);
        assertThat(application.stored(node)).hasSize(count);
    }

    private static void await(BooleanSupplier condition, java.util.function.Supplier<String> otherwise) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(otherwise).isLessThan(until);
            Thread.sleep(10);
        }
    }
}
