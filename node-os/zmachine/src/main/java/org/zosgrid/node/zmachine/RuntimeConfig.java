package org.zosgrid.node.zmachine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/** The OCI runtime's {@code config.json}: few capabilities, no new privileges, own namespaces, masked kernel files, limits. */
final class RuntimeConfig {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int CPU_PERIOD = 100_000;
    private static final int MAX_PROCESSES = 1024;
    private static final List<String> CAPABILITIES =
            List.of("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_KILL", "CAP_NET_BIND_SERVICE", "CAP_SETGID", "CAP_SETUID");
    private static final List<String> MASKED = List.of("/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi",
            "/proc/timer_list", "/proc/timer_stats", "/sys/firmware");
    private static final List<String> READ_ONLY = List.of("/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private RuntimeConfig() {}

    static byte[] of(ContainerSpec spec, Path merged) {
        try {
            ObjectNode config = MAPPER.createObjectNode().put("ociVersion", "1.0.2");
            process(config.putObject("process"), spec);
            config.putObject("root").put("path", merged.toString()).put("readonly", false);
            config.put("hostname", spec.id().substring(spec.id().lastIndexOf('.') + 1));
            mounts(config.putArray("mounts"));
            linux(config.putObject("linux"), spec);
            return MAPPER.writeValueAsBytes(config);
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void process(ObjectNode process, ContainerSpec spec) {
        process.put("terminal", false).put("noNewPrivileges", true).put("cwd", spec.workingDirectory());
        String[] user = spec.user().isEmpty() ? new String[] {"0"} : spec.user().split(":");
        process.putObject("user").put("uid", number(spec, user[0])).put("gid", user.length > 1 ? number(spec, user[1]) : 0);
        spec.command().forEach(process.putArray("args")::add);
        ArrayNode environment = process.putArray("env");
        if (!spec.environment().containsKey("PATH")) {
            environment.add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        }
        spec.environment().entrySet().stream().sorted(java.util.Map.Entry.comparingByKey()).forEach(each -> environment.add(each.getKey() + "=" + each.getValue()));
        ObjectNode capabilities = process.putObject("capabilities");
        for (String set : List.of("bounding", "effective", "permitted")) {
            CAPABILITIES.forEach(capabilities.putArray(set)::add);
        }
    }

    private static int number(ContainerSpec spec, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new ZMachineException("the image of " + spec.id() + " wants the user '" + text + "'; only numbers are understood");
        }
        return Integer.parseInt(text);
    }

    private static void mounts(ArrayNode mounts) {
        mount(mounts, "/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        mount(mounts, "/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
        mount(mounts, "/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620");
        mount(mounts, "/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k");
        mount(mounts, "/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro");
    }

    private static void mount(ArrayNode mounts, String target, String type, String source, String... options) {
        List.of(options).forEach(mounts.addObject().put("destination", target).put("type", type).put("source", source).putArray("options")::add);
    }

    private static void linux(ObjectNode linux, ContainerSpec spec) {
        linux.put("cgroupsPath", "/" + spec.id());
        ArrayNode namespaces = linux.putArray("namespaces");
        for (String type : List.of("pid", "ipc", "uts", "mount")) {
            namespaces.addObject().put("type", type);
        }
        namespaces.addObject().put("type", "network").put("path", spec.networkNamespace().toString());
        ObjectNode resources = linux.putObject("resources");
        resources.putObject("memory").put("limit", spec.memoryBytes());
        resources.putObject("cpu").put("period", CPU_PERIOD).put("quota", Math.max(1000L, (long) spec.cpuMillis() * CPU_PERIOD / 1000));
        resources.putObject("pids").put("limit", MAX_PROCESSES);
        resources.putArray("devices").addObject().put("allow", false).put("access", "rwm");
        MASKED.forEach(linux.putArray("maskedPaths")::add);
        READ_ONLY.forEach(linux.putArray("readonlyPaths")::add);
    }
}
