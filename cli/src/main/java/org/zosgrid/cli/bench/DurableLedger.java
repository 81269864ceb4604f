package org.zosgrid.cli.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.Tile;
import org.zosgrid.contract.ledger.TileAppender;
import org.zosgrid.contract.ledger.TileStore;
import org.zosgrid.contract.ledger.TiledTree;
import org.zosgrid.zdb.client.ZdbClient;

/**
 * A ledger in tiles, in a Zero-DB process as the control plane starts one. Who appends is told when the entry's tiles are on the disk and a checkpoint over them is
 * signed; all who wait at the same time share one write and one checkpoint.
 */
final class DurableLedger implements AutoCloseable {
    private static final String NAMESPACE = "ledger";
    private static final String PASSWORD = "for-this-measurement";
    private static final int MOST_AT_ONCE = 4 * Tile.WIDTH;

    /** An entry, and who waits for it. */
    private record Waiting(byte[] entry, CompletableFuture<Long> index) {}

    private final Path directory;
    private final Process process;
    private final ZdbClient client;
    private final LedgerKey key;
    private final TileAppender appender = new TileAppender();
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread sequencer = new Thread(this::sequence, "sequencer");
    private volatile boolean closed;
    private volatile int batches;
    private volatile String checkpoint = "";

    DurableLedger(Installation installation, LedgerKey key) throws IOException {
        this.key = key;
        this.directory = Files.createTempDirectory("zos-bench-ledger");
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        this.process = new ProcessBuilder(installation.java().toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED",
                "-cp", installation.controlPlane().resolve("ledger-store") + "/*", "org.zosgrid.ledgerstore.LedgerStore", directory.resolve("store").toString(), password.toString(), "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.client = connect();
        sequencer.start();
    }

    private ZdbClient connect() throws IOException {
        String ready = String.valueOf(process.inputReader().readLine());
        if (!ready.matches("ready [0-9]+")) {
            throw new CliException("the ledger's store did not start; it said: " + ready);
        }
        ZdbClient connected = ZdbClient.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(ready.substring("ready ".length()))));
        connected.select(NAMESPACE, PASSWORD);
        return connected;
    }

    /** Appends an entry; returns its index once it is durable. */
    long append(byte[] entry) {
        CompletableFuture<Long> index = new CompletableFuture<>();
        queue.add(new Waiting(entry, index));
        return index.join();
    }

    private void sequence() {
        List<Waiting> batch = new ArrayList<>();
        try {
            while (!closed) {
                Waiting first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MOST_AT_ONCE - 1);
                    integrate(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            queue.drainTo(batch);
            batch.forEach(each -> each.index().completeExceptionally(failed));
        }
    }

    private void integrate(List<Waiting> batch) {
        long from = appender.size();
        batch.forEach(each -> appender.append(each.entry()));
        store().write(appender.changed());
        checkpoint = new Checkpoint(key.origin(), appender.size(), appender.root()).sign(key, Instant.now());
        batches++;
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).index().complete(from + i);
        }
    }

    private TileStore store() {
        return new TileStore() {
            @Override
            public void write(java.util.SortedMap<Tile, byte[]> tiles) {
                client.set(tiles.entrySet().stream().map(each -> Map.entry(bytes(each.getKey().place()), each.getValue())).toList());
            }

            @Override
            public Optional<byte[]> read(Tile tile) {
                return client.get(bytes(tile.place()));
            }
        };
    }

    int batches() {
        return batches;
    }

    /** Ends the appending and reads back what is in the store: the last checkpoint, and the proof of an entry in it. */
    void verify(long index, byte[] entry) throws InterruptedException {
        closed = true;
        sequencer.join();
        Checkpoint signed = Checkpoint.verify(checkpoint, key.verifiers());
        TiledTree tree = TiledTree.open(store(), signed.size(), signed.root());
        if (!MerkleTree.verifyInclusion(MerkleTree.leafHash(entry), index, signed.size(), tree.inclusionProof(index), signed.root())) {
            throw new CliException("the entry at " + index + " is not in the ledger that was measured");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        sequencer.join();
        client.close();
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
