package org.zosgrid.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the design run downward only. What may stand where is this table; a module that is not in it may not exist. */
class ArchitectureTest {
    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

    /** Module (its root package) and the modules it may use. */
    private static final TreeMap<String, Set<String>> ARROWS = arrows("""
        contract                :
        settings                : contract
        node.linux              :
        node.zdb                : contract, node.linux, zdb.client
        zdb.client              : contract
        flist                   : contract
        node.api                : contract
        node.zosfs              : contract, node.linux, flist
        node.hub                : contract, flist
        node.planetary          : contract, node.linux
        node.znet               : contract, node.linux
        node.gateway            : contract
        node.zmachine           : contract, node.linux
        node.boot               : contract
        node.core0              : contract, node.linux, node.zdb, zdb.client, flist, node.api, node.zosfs, node.hub, node.planetary, node.znet, node.gateway, node.zmachine
        model                   : contract
        bpmn                    : contract
        connector.zdb           : contract, zdb.client
        connector.flist         : contract, flist, node.api, node.hub
        connector.network       : contract, node.api
        workloads               : contract, settings, model, bpmn, connector.zdb, connector.flist, connector.network
        console                 : contract, workloads
        client                  : contract
        launcher                : settings
        ledgerstore             : node.zdb, zdb.client
        cli                     : contract, settings, flist, zdb.client, node.api
        packages                :
        benchmark               : bpmn
        """);

    /** Modules with classes: a test that found fewer would say nothing. */
    private static final int LEAST_MODULES = 26;

    private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(builtModules());

    @Test
    void arrowsRunDownwardOnly() {
        var upward = new TreeMap<String, String>(); // one example of each is enough
        for (JavaClass type : CLASSES) {
            String from = module(type).orElseThrow(() -> new AssertionError(type.getName() + " belongs to no module of the design"));
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                module(dependency.getTargetClass()).filter(to -> !to.equals(from) && !ARROWS.get(from).contains(to))
                    .ifPresent(to -> upward.putIfAbsent(from + " must not use " + to, dependency.getDescription()));
            }
        }
        assertThat(upward).isEmpty();
    }

    /** A token's library is no system call, and {@code contract} may not use {@code linux}: it has the one other binding (docs/adr/0031). */
    @Test
    void onlyLinuxAndTheTokensTouchNativeMemory() {
        Set<String> elsewhere = CLASSES.stream()
            .filter(type -> !module(type).equals(Optional.of("node.linux")) && !type.getPackageName().equals("org.zosgrid.contract.pkcs11"))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith("java.lang.foreign"))
            .map(Dependency::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(elsewhere).isEmpty();
    }

    /** The engine keeps all organisations' processes in the same tables: what asks it says whose, in one place. */
    @Test
    void theEngineIsAskedForOneOrganisationOnly() {
        Set<String> elsewhere = CLASSES.stream()
            .filter(type -> !Set.of("org.zosgrid.bpmn.Tenant", "org.zosgrid.bpmn.model.Migration", "org.zosgrid.workloads.ReportHealth").contains(type.getName())
                && !Set.of("org.zosgrid.workloads.engine", "org.zosgrid.benchmark").contains(type.getPackageName()))
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().getPackageName().equals("org.camunda.bpm.engine") && call.getName().matches("create\\w*Query|createDeployment|\\w+ByKey|createProcessInstanceByKey"))
            .map(JavaMethodCall::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(elsewhere).as("use org.zosgrid.bpmn.Tenant").isEmpty();
    }

    /** A connection of the entity manager sees one organisation's tables. Whoever takes one past it sees the default organisation's. */
    @Test
    void onlyWhatBelongsToNobodyIsReadPastTheEntityManager() {
        Set<String> elsewhere = CLASSES.stream()
            .filter(type -> module(type).filter(Set.of("workloads", "console", "model", "bpmn")::contains).isPresent())
            .filter(type -> !Set.of("org.zosgrid.workloads.ReportHealth", "org.zosgrid.workloads.health.DatabaseWatch", "org.zosgrid.model.Schema", "org.zosgrid.model.OrganisationConnections").contains(type.getName()) && !type.getPackageName().equals("org.zosgrid.workloads.engine"))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> Set.of("javax.sql.DataSource", "java.sql.Connection").contains(dependency.getTargetClass().getName()))
            .map(Dependency::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(elsewhere).isEmpty();
    }

    /** Nobody asked for what a timer does: it says itself for whom. */
    @Test
    void everyTimerSaysForWhichOrganisation() {
        Set<String> silent = CLASSES.stream()
            .filter(type -> type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith("jakarta.ejb.Schedule")) && !type.getName().equals("org.zosgrid.workloads.engine.Presence"))
            .filter(type -> type.getMethodCallsFromSelf().stream().noneMatch(call -> call.getTargetOwner().getName().equals("org.zosgrid.model.CurrentOrganisation")
                || call.getTargetOwner().getName().equals("org.zosgrid.workloads.organisation.KnownOrganisations") && call.getName().equals("each")))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(silent).as("use KnownOrganisations.each").isEmpty();
    }

    /** Within a transaction of the timer's own, the connections of the transactions inside it are lost: docs/adr/0120. */
    @Test
    void noTimerHasATransactionOfTheContainers() {
        Set<String> inTransactions = CLASSES.stream()
            .filter(type -> type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith("jakarta.ejb.Schedule")))
            .filter(type -> type.tryGetAnnotationOfType("jakarta.ejb.TransactionManagement").flatMap(each -> each.get("value")).filter(value -> value.toString().endsWith("BEAN")).isEmpty())
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(inTransactions).as("@TransactionManagement(BEAN)").isEmpty();
    }

    @Test
    void everyPackageTellsItsStory() throws IOException {
        var silent = new ArrayList<String>();
        for (Path sources : directories("src/main/java")) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent).distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .forEach(folder -> silent.add(REPOSITORY.relativize(folder).toString()));
            }
        }
        assertThat(silent).isEmpty();
    }

    /** The longest root package a class lies below. */
    private static Optional<String> module(JavaClass type) {
        String name = type.getPackageName() + ".";
        return ARROWS.keySet().stream().filter(module -> name.startsWith("org.zosgrid." + module + "."))
            .max(Comparator.comparingInt(String::length));
    }

    private static List<Path> builtModules() {
        List<Path> built = directories("target/classes").stream().filter(folder -> Files.isDirectory(folder.resolve("org/zosgrid"))).toList();
        assertThat(built).as("built modules").hasSizeGreaterThanOrEqualTo(LEAST_MODULES);
        return built;
    }

    /** {@code name} below every module of the reactor. */
    private static List<Path> directories(String name) {
        try (Stream<Path> files = Files.find(REPOSITORY, 3, (file, attributes) -> file.getFileName().toString().equals("pom.xml"))) {
            return files.map(pom -> pom.resolveSibling(name)).filter(Files::isDirectory).sorted().toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static TreeMap<String, Set<String>> arrows(String table) {
        var arrows = new TreeMap<String, Set<String>>();
        table.lines().map(line -> line.split(":")).forEach(line -> arrows.put(line[0].strip(),
            line.length == 1 ? Set.of() : Arrays.stream(line[1].split(",")).map(String::strip).filter(name -> !name.isEmpty()).collect(Collectors.toSet())));
        return arrows;
    }
}
