package org.zosgrid.contract.organisation;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.zosgrid.contract.JsonObject;

/**
 * Where an organisation keeps tickets about its changes.
 *
 * @param system       {@code servicenow} or {@code jira}
 * @param url          its address
 * @param user         who logs in there
 * @param passwordFile the file with the password or API token
 * @param project      the key of Jira's project; empty for the other system
 * @param issueType    the type of Jira's issues
 */
public record TicketDesk(String system, URI url, String user, Path passwordFile, Optional<String> project, String issueType) {
    private static final String JIRA = "jira";
    private static final Pattern SYSTEM = Pattern.compile("servicenow|" + JIRA);
    private static final Pattern ADDRESS = Pattern.compile("https?://[^?#\\s\\\\]+");
    private static final int MAX = 255;
    private static final int MAX_PATH = 4096;

    /** Whether it is Jira. */
    public boolean isJira() {
        return system.equals(JIRA);
    }

    static TicketDesk read(JsonObject json, Path base) {
        String system = json.text("system", MAX, SYSTEM, "servicenow or jira");
        String url = json.text("url", MAX_PATH, ADDRESS, "an http or https address");
        String user = json.text("user", MAX);
        Path password = base.resolve(json.text("passwordFile", MAX_PATH));
        if (!Files.isReadable(password) || Files.isDirectory(password)) {
            json.fault("passwordFile", "must be a file that can be read", password.toString());
        }
        Optional<String> project = system.equals(JIRA) || json.has("project") ? Optional.of(json.text("project", MAX)) : Optional.empty();
        String issueType = json.text("issueType", MAX, "Task");
        return new TicketDesk(system, ADDRESS.matcher(url).matches() ? URI.create(url) : URI.create("http://nowhere.invalid"), user, password, project, issueType);
    }
}
