package org.zosgrid.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whoever may read at all may read everything of their organisation, so beans that only read ask nobody: {@code AuthenticationFilter} has found out who it is and for which
 * organisation, before anything under {@code /api} and {@code /scim} is called. That is one place, and these are the ways around it.
 */
class ReadingTest {
    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
    private static final String CONSOLE = "org.zosgrid.console.";
    private static final String WORKLOADS = "org.zosgrid.workloads.";
    private static final String FILTER = CONSOLE + "AuthenticationFilter";

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .importPaths(List.of("console", "ejb-workloads", "jpa-model", "bpmn").stream().map(module -> REPOSITORY.resolve(module).resolve("target/classes")).toList());

    /** What answers who has proved nothing, and the only beans that it may call: none of them reads what people wrote. */
    private static final Map<String, Set<String>> OPEN = Map.of(
        "HealthResource", Set.of("ReportHealth"),
        "DescriptionResource", Set.of(),
        "LoginsResource", Set.of("LogIn"), // compares a password
        "MetricsServlet", Set.of("ReportMetrics"), // compares a token
        "ErrorPage", Set.of());

    /** The filter's own, and what runs behind it in its thread. */
    private static final Map<String, Set<String>> FILTERS = Map.of(
        "AuthenticationFilter", Set.of("AuthenticateRequest", "AuthenticateToken"),
        "DatabaseFilter", Set.of("DatabaseWatch"), // whether it answers, for everybody
        "IdempotencyFilter", Set.of("AnswerOnce"));

    /** What resources hand their own bean on to. */
    private static final Map<String, Set<String>> PARTS = Map.of(
        "EventStream", Set.of("FollowChanges"),
        "Submission", Set.of("SubmitChange"));

    /** A request comes to what the container was told of, and no servlet, socket or service announces itself. */
    @Test
    void nothingAnswersBesideTheApplications() throws IOException {
        Set<String> annotated = names(type -> List.of("jakarta.servlet.annotation.WebServlet", "jakarta.servlet.annotation.WebFilter", "jakarta.servlet.annotation.WebListener",
            "jakarta.websocket.server.ServerEndpoint", "jakarta.jws.WebService", "jakarta.ejb.Remote").stream().anyMatch(type::isAnnotatedWith));
        assertThat(annotated).as("name it in web.xml or an application, behind the filter").isEmpty();
        assertThat(names(type -> List.of("jakarta.servlet.http.HttpServlet", "jakarta.servlet.GenericServlet", "jakarta.servlet.Servlet").stream().anyMatch(type::isAssignableTo))).containsExactlyInAnyOrder(CONSOLE + "MetricsServlet", CONSOLE + "ErrorPage");
        assertThat(names(type -> type.isAssignableTo("jakarta.servlet.ServletContainerInitializer") || type.isAssignableTo("jakarta.websocket.server.ServerApplicationConfig")
            || type.isAssignableTo("jakarta.servlet.ServletContextListener"))).isEmpty();
        assertThat(values("servlet-class")).containsExactlyInAnyOrder(CONSOLE + "MetricsServlet", CONSOLE + "ErrorPage");
    }

    @Test
    void everyResourceLiesWhereTheFilterStands() throws IOException {
        Map<String, String> applications = new TreeMap<>();
        CLASSES.stream().filter(type -> type.isAnnotatedWith("jakarta.ws.rs.ApplicationPath"))
            .forEach(type -> applications.put(type.getName(), String.valueOf(type.getAnnotationOfType("jakarta.ws.rs.ApplicationPath").get("value").orElseThrow())));
        assertThat(applications).containsExactlyInAnyOrderEntriesOf(Map.of(CONSOLE + "RestApplication", "/api", CONSOLE + "ScimApplication", "/scim/v2"));
        assertThat(guarded()).as("the filter's url-patterns in web.xml").containsExactlyInAnyOrder("/api/*", "/scim/*");
        assertThat(Files.readString(webXml())).as("servlets may be asked asynchronously and by no forward").doesNotContain("<dispatcher>FORWARD", "<dispatcher>INCLUDE");

        Set<String> registered = CLASSES.stream().filter(type -> applications.containsKey(type.getName())).flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getName()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> resources = names(ReadingTest::isResource);
        assertThat(resources).hasSizeGreaterThan(20).allSatisfy(each -> assertThat(each).startsWith(CONSOLE));
        assertThat(registered).as("in getClasses() of an application").containsAll(resources);
    }

    /** What is open is a set of three, by its text: another path in it is somebody's decision, to be made here too. */
    @Test
    void theFilterLetsNothingElseThroughUnproved() throws IOException {
        String source = Files.readString(REPOSITORY.resolve("console/src/main/java/org/zosgrid/console/AuthenticationFilter.java"));
        assertThat(source).containsOnlyOnce("PUBLIC = Set.of(\"/api/health\", \"/api/openapi.json\", \"/api/openapi.yaml\");").containsOnlyOnce("LOGINS = \"/api/logins\";");
        long passes = CLASSES.get(FILTER).getMethodCallsFromSelf().stream().filter(call -> call.getTargetOwner().getName().equals("jakarta.servlet.FilterChain")).count();
        assertThat(passes).as("what is public, a login, and who has proved who they are").isEqualTo(3);
    }

    @Test
    void whatIsOpenCallsItsOwnBeanOnly() {
        Map<String, Set<String>> allowed = new TreeMap<>(OPEN);
        allowed.putAll(FILTERS);
        allowed.putAll(PARTS);
        allowed.forEach((name, beans) -> assertThat(beans(CLASSES.get(CONSOLE + name))).as(name).isSubsetOf(beans));
    }

    /** A bean is asked by a resource, in the thread of a request that the filter let through. */
    @Test
    void beansAreAskedByResources() {
        Set<String> others = CLASSES.stream().filter(type -> type.getName().startsWith(CONSOLE) && !isResource(type))
            .filter(type -> List.of(OPEN, FILTERS, PARTS).stream().noneMatch(known -> known.containsKey(type.getSimpleName())))
            .filter(type -> !beans(type).isEmpty()).map(type -> type.getName() + " asks " + beans(type)).collect(Collectors.toCollection(TreeSet::new));
        assertThat(others).isEmpty();
    }

    /** Rows are an organisation's: whoever says of which one has found out who asks, or works for nobody in particular. */
    @Test
    void onlyWhoFoundOutWhoAsksSaysForWhom() {
        assertThat(callers(call -> call.getTargetOwner().getName().equals("org.zosgrid.model.CurrentOrganisation") && Set.of("in", "run").contains(call.getName()))).containsExactlyInAnyOrder(
            "org.zosgrid.model.CurrentOrganisation",
            // who asks
            WORKLOADS + "Identity", WORKLOADS + "AuthenticateRequest", WORKLOADS + "LogIn", WORKLOADS + "login.LoginTokens", WORKLOADS + "ReportMetrics",
            // nobody asks: nodes' answers, jobs, timers
            WORKLOADS + "receipt.NodeReceiptListener", WORKLOADS + "engine.ManagedJobExecutor", WORKLOADS + "organisation.KnownOrganisations", WORKLOADS + "webhook.DeliverWebhooks");
        assertThat(callers(call -> call.getTargetOwner().getName().startsWith(WORKLOADS) && call.getName().equals("answered") && call.getTargetOwner().isAssignableTo(WORKLOADS + "Identity")))
            .containsExactlyInAnyOrder(FILTER, CONSOLE + "EventsResource");
        Set<String> makers = CLASSES.stream().filter(type -> type.getConstructorCallsFromSelf().stream().anyMatch(ReadingTest::makesAnIdentity)).map(ReadingTest::outer).collect(Collectors.toCollection(TreeSet::new));
        assertThat(makers).containsExactlyInAnyOrder(
            WORKLOADS + "AuthenticateRequest", WORKLOADS + "Caller", WORKLOADS + "TokenHolder", WORKLOADS + "login.KeepLogins", WORKLOADS + "token.ServiceToken", WORKLOADS + "token.TokenSettings");
    }

    private static boolean makesAnIdentity(JavaConstructorCall call) {
        return Set.of(WORKLOADS + "Caller", WORKLOADS + "TokenHolder").contains(call.getTargetOwner().getName());
    }

    private static boolean isResource(JavaClass type) {
        return type.isAnnotatedWith("jakarta.ws.rs.Path") || type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith("jakarta.ws.rs.Path"));
    }

    /** Session beans that a class uses, by their simple names. */
    private static Set<String> beans(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass).filter(target -> target.getName().startsWith(WORKLOADS) && isBean(target))
            .map(JavaClass::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isBean(JavaClass type) {
        return List.of("jakarta.ejb.Stateless", "jakarta.ejb.Singleton", "jakarta.ejb.Stateful", "jakarta.enterprise.context.ApplicationScoped", "jakarta.enterprise.context.RequestScoped").stream().anyMatch(type::isAnnotatedWith);
    }

    /** Top-level classes. */
    private static Set<String> callers(Predicate<JavaMethodCall> wanted) {
        return CLASSES.stream().flatMap(type -> type.getMethodCallsFromSelf().stream()).filter(wanted).map(JavaMethodCall::getOrigin).map(JavaCodeUnit::getOwner).map(ReadingTest::outer).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String outer(JavaClass type) {
        return type.getName().replaceAll("\\$.*", "");
    }

    private static Set<String> names(Predicate<JavaClass> wanted) {
        return CLASSES.stream().filter(wanted).map(JavaClass::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> guarded() throws IOException {
        Matcher mapping = Pattern.compile("<filter-name>authentication</filter-name>\\s*<url-pattern>([^<]+)</url-pattern>\\s*</filter-mapping>").matcher(Files.readString(webXml()));
        return mapping.results().map(each -> each.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> values(String element) throws IOException {
        return Pattern.compile("<" + element + ">([^<]+)</" + element + ">").matcher(Files.readString(webXml())).results().map(each -> each.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path webXml() {
        return REPOSITORY.resolve("console/src/main/webapp/WEB-INF/web.xml");
    }
}
