package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.ProtocolVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.zdb.client.ZdbClient;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/** The clients that people have, as they are: Debian's redis-cli and redis-benchmark, Jedis, Lettuce. */
class RealClientsTest {
    @TempDir
    Path data;

    private ZdbServer server;
    private int port;

    @BeforeEach
    void start() {
        server = ZdbServer.start(Options.of("--data", data.toString(), "--port", "0").config());
        InetSocketAddress address = server.addresses().getFirst();
        port = address.getPort();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ProtocolCommand jedis(String name) {
        return () -> name.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void jedisSetsGetsPipelinesAndSendsOurCommands() {
        try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", port), DefaultJedisClientConfig.builder().build())) {
            assertThat(jedis.ping()).isEqualTo("PONG");
            assertThat(jedis.set("k", "v")).as("Zero-DB answers with the key").isEqualTo("k");
            assertThat(jedis.get("k")).isEqualTo("v");
            assertThat(jedis.exists("k")).isTrue();
            assertThat(jedis.mget("k", "absent")).containsExactly("v", null);
            assertThat(jedis.dbSize()).isEqualTo(1);
            assertThat(text(jedis.sendCommand(jedis("NSNEW"), "n"))).isEqualTo("OK");
            assertThat(text(jedis.sendCommand(jedis("NSSET"), "n", "mode", "seq"))).isEqualTo("OK");
            assertThat(text(jedis.sendCommand(jedis("SELECT"), "n"))).isEqualTo("OK");
            byte[] payload = new byte[100_000];
            new Random(1).nextBytes(payload);
            assertThat((byte[]) jedis.sendCommand(jedis("SET"), new byte[0], payload)).isEqualTo(ZdbClient.key(0));
            assertThat(jedis.get(ZdbClient.key(0))).isEqualTo(payload);
            Pipeline pipeline = jedis.pipelined();
            List<Response<byte[]>> read = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                read.add(pipeline.get(ZdbClient.key(i % 2)));
            }
            pipeline.sync();
            assertThat(read).allSatisfy(each -> assertThat(each.get()).matches(got -> got == null || Arrays.equals(got, payload)));
            assertThatThrownBy(() -> jedis.sendCommand(jedis("NSDEL"), "n")).isInstanceOf(JedisDataException.class).hasMessage("Cannot remove namespace you're currently using.");
        }
    }

    private static String text(Object reply) {
        return new String((byte[]) reply, StandardCharsets.UTF_8);
    }

    private static ProtocolKeyword lettuce(String name) {
        return () -> name.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void lettuceDispatchesRawCommandsAndThousandsAtOnce() throws Exception {
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
        client.setOptions(ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build());
        try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            RedisCommands<byte[], byte[]> commands = connection.sync();
            assertThat(commands.ping()).isEqualTo("PONG");
            CommandArgs<byte[], byte[]> name = new CommandArgs<>(ByteArrayCodec.INSTANCE).add("n");
            assertThat(commands.dispatch(lettuce("NSNEW"), new StatusOutput<>(ByteArrayCodec.INSTANCE), name)).isEqualTo("OK");
            assertThatThrownBy(() -> commands.dispatch(lettuce("NSNEW"), new StatusOutput<>(ByteArrayCodec.INSTANCE), new CommandArgs<>(ByteArrayCodec.INSTANCE).add("n")))
                    .isInstanceOf(RedisCommandExecutionException.class).hasMessage("This namespace is not available");
            assertThat(commands.dispatch(lettuce("SELECT"), new StatusOutput<>(ByteArrayCodec.INSTANCE), new CommandArgs<>(ByteArrayCodec.INSTANCE).add("n"))).isEqualTo("OK");
            RedisAsyncCommands<byte[], byte[]> async = connection.async();
            List<RedisFuture<String>> writes = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                writes.add(async.set(bytes("key " + i), bytes("value " + i)));
            }
            for (int i = 0; i < writes.size(); i++) {
                assertThat(writes.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("key " + i);
            }
            for (int i = 0; i < 5000; i += 97) {
                assertThat(commands.get(bytes("key " + i))).isEqualTo(bytes("value " + i));
            }
            List<Object> history = commands.dispatch(lettuce("HISTORY"), new ArrayOutput<>(ByteArrayCodec.INSTANCE), new CommandArgs<>(ByteArrayCodec.INSTANCE).add("key 7"));
            assertThat(history).hasSize(3);
            assertThat(history.get(0)).isNull();
            assertThat((byte[]) history.get(2)).isEqualTo(bytes("value 7"));
        } finally {
            client.shutdown();
        }
    }

    @Test
    void lettuceAsItComesFallsBackToTheProtocolWeSpeak() {
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
        try (StatefulRedisConnection<String, String> connection = client.connect(StringCodec.UTF8)) {
            assertThat(connection.sync().set("k", "v")).isEqualTo("k");
            assertThat(connection.sync().get("k")).isEqualTo("v");
        } finally {
            client.shutdown();
        }
    }

    @Test
    void redisCliTalksToIt() throws Exception {
        assertThat(run("redis-cli", "-p", Integer.toString(port), "SET", "k", "v")).isEqualTo("k\n");
        assertThat(run("redis-cli", "-p", Integer.toString(port), "GET", "k")).isEqualTo("v\n");
        assertThat(run("redis-cli", "-p", Integer.toString(port), "COFFEE")).isEqualTo("Command not supported\n\n");
        assertThat(run("redis-cli", "-p", Integer.toString(port), "--no-raw", "SCAN")).contains("1) \"\\x01", "1) \"k\"", "(integer) 1");
        assertThat(run("redis-cli", "-p", Integer.toString(port), "NSINFO", "default")).contains("name: default");
        assertThat(run("sh", "-c", "printf 'SET a 1\\nGET a\\n' | redis-cli -p " + port)).isEqualTo("a\n1\n");
    }

    @Test
    void redisBenchmarkRunsToItsEnd() throws Exception {
        String csv = run("redis-benchmark", "-p", Integer.toString(port), "-t", "set,get", "-n", "20000", "-c", "50", "-P", "16", "-d", "64", "-r", "1000", "--csv");
        assertThat(csv.lines().filter(each -> each.startsWith("\"SET\"") || each.startsWith("\"GET\""))).hasSize(2);
        assertThat(server.store().namespace("default").orElseThrow().size()).isBetween(900L, 1000L);
    }

    /** What a program of Debian's redis-tools printed. */
    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command) + ": " + printed).isZero();
        return printed;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
