package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.settings.Settings;
import org.zosgrid.workloads.configuration.Effective;
import org.zosgrid.workloads.view.SettingView;

/** Tells an administrator which settings are in force. Secrets lie in files, and are not among them; what somebody wrote into an address is taken out. */
@Stateless
public class ShowSettings {
    private static final String HIDDEN = "***";
    /** User and password before a host, and whatever a query may carry. */
    private static final Pattern SECRET = Pattern.compile("(?<=://)[^/@\\s]*@|(?<=[?&][^=&]{1,100}=)[^&\\s]*");

    @Inject private Administrators administrators;

    /** Every one, in the order of the catalogue. @throws RefusedException FORBIDDEN */
    public List<SettingView> list(Identity caller) {
        administrators.check(caller);
        if (!CurrentOrganisation.isDefault()) {
            throw new RefusedException(RefusedException.Kind.FORBIDDEN, "The settings are those of the whole installation", new Fault("organisation", "must be the default one, whose administrators operate the installation", CurrentOrganisation.name()));
        }
        Settings settings = Effective.settings();
        return settings.values().entrySet().stream()
                .map(each -> new SettingView(each.getKey().key(), redacted(each.getValue().text()), each.getValue().source(), each.getKey().type().toString(), each.getKey().description())).toList();
    }

    static String redacted(String value) {
        return SECRET.matcher(value).replaceAll(found -> found.group().endsWith("@") ? HIDDEN + "@" : HIDDEN);
    }
}
