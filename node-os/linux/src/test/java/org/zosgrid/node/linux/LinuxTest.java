package org.zosgrid.node.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** System calls on the running kernel; needs root for mounts, namespaces and the TUN device. */
class LinuxTest {
    @TempDir
    Path directory;

    @Test
    void readsAndWrites() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        try (FileDescriptor open = Linux.open(file, Linux.O_RDWR)) {
            ByteBuffer text = ByteBuffer.allocateDirect(5).put("hello".getBytes(StandardCharsets.US_ASCII)).flip();
            assertThat(Linux.write(open, text)).isEqualTo(5);
            assertThat(text.hasRemaining()).isFalse();
        }
        try (FileDescriptor open = Linux.open(file, Linux.O_RDONLY)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(16);
            assertThat(Linux.read(open, buffer)).isEqualTo(5);
            assertThat(Linux.read(open, buffer)).isZero();
            byte[] read = new byte[5];
            buffer.flip().get(read);
            assertThat(read).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
        }
    }

    @Test
    void aFailedCallNamesCallAndErrno() {
        Path absent = directory.resolve("absent");
        assertThatThrownBy(() -> Linux.open(absent, Linux.O_RDONLY))
                .isInstanceOfSatisfying(LinuxException.SystemCall.class, failed -> assertThat(failed.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("open " + absent).hasMessageContaining("ENOENT");
        assertThatThrownBy(() -> Linux.unmount(directory, 0)).hasMessageContaining("EINVAL");
    }

    @Test
    void mountsAndSeesItInTheTable() {
        Path target = directory.resolve("with a space");
        assertThat(target.toFile().mkdir()).isTrue();
        Linux.mount("none", target, "tmpfs", Linux.MS_NOSUID | Linux.MS_NODEV, "size=64k");
        try {
            assertThat(Mounts.isMounted(target)).isTrue();
            assertThat(Mounts.below(directory)).containsExactly(new Mounts.Mounted(target, "tmpfs"));
        } finally {
            Linux.unmount(target, Linux.MNT_DETACH);
        }
        assertThat(Mounts.isMounted(target)).isFalse();
    }

    @Test
    void aDescriptorIsClosedOnce() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        FileDescriptor first = Linux.open(file, Linux.O_RDONLY);
        first.close();
        try (FileDescriptor second = Linux.open(file, Linux.O_RDONLY)) {
            first.close();
            assertThat(Linux.read(second, ByteBuffer.allocateDirect(1))).isZero();
        }
    }

    @Test
    void aTunDeviceLivesInTheNamespaceOfItsThread() throws Exception {
        String namespace = "zlinux" + ProcessHandle.current().pid();
        Command.run("ip", "netns", "add", namespace);
        try {
            inNamespace(namespace, () -> {
                try (Tun tun = Tun.open("tun0")) {
                    Command.run("ip", "link", "set", "tun0", "addrgenmode", "none");
                    Command.run("ip", "link", "set", "tun0", "up");
                    ByteBuffer unasked = ByteBuffer.allocateDirect(2048);
                    while (tun.read(unasked, 50) > 0) {
                        // The kernel asks for routers when a device comes up.
                        unasked.clear();
                    }
                    Command.run("ip", "address", "add", "10.0.0.1/24", "dev", "tun0");
                    // Nobody answers: what counts is that the packet comes out of the device.
                    Command.attempt("ping", "-c", "1", "-W", "1", "10.0.0.2");
                    ByteBuffer packet = ByteBuffer.allocateDirect(2048);
                    assertThat(tun.read(packet, 1_000)).isEqualTo(84);
                    assertThat(packet.get(0)).isEqualTo((byte) 0x45);
                    assertThatThrownBy(() -> tun.write(ByteBuffer.allocateDirect(20))).hasMessageContaining("EINVAL");
                }
                assertThat(Command.attempt("ip", "link", "show", "tun0").good()).isFalse();
            });
            assertThat(Command.attempt("ip", "link", "show", "tun0").good()).isFalse();
        } finally {
            Command.run("ip", "netns", "delete", namespace);
        }
    }

    @Test
    void refusesADeviceNameTheKernelWouldCut() {
        assertThatThrownBy(() -> Tun.open("a-name-of-16-chr")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("15");
        assertThatThrownBy(() -> Tun.open("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVirtualThreadMayNotEnterANamespace() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                Linux.enterNetworkNamespace(Path.of("/proc/self/ns/net"));
                done.complete(null);
            } catch (IllegalStateException refused) {
                done.completeExceptionally(refused);
            }
        });
        assertThatThrownBy(done::get).hasCauseInstanceOf(IllegalStateException.class);
    }

    private static void inNamespace(String namespace, Runnable work) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                Linux.enterNetworkNamespace(Path.of("/run/netns", namespace));
                work.run();
                done.complete(null);
            } catch (RuntimeException | AssertionError failed) {
                done.completeExceptionally(failed);
            }
        });
        done.get();
    }
}
