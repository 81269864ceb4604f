package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Account;
import org.zosgrid.model.Accounts;
import org.zosgrid.model.Condition;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.login.Passwords;
import org.zosgrid.workloads.view.AccountView;

/** Makes, lists and removes accounts. They may read and set this server up, as their groups' roles say; none of them signs anything. */
@Stateless
public class ManageAccounts {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,99}");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}");
    private static final int MAX_DISPLAY = 200;
    private static final int MAX_GROUPS = 50;
    private static final int MOST = 100_000;

    @Inject private Administrators administrators;
    @Inject private Accounts accounts;
    @Inject private Passwords passwords;

    /** At most {@code limit} after the first {@code from}. @throws RefusedException FORBIDDEN */
    public List<AccountView> list(Identity caller, int from, int limit) {
        administrators.check(caller);
        return accounts.accounts(Condition.ALL, Condition.Order.BY_NAME, from, limit).stream().map(this::view).toList();
    }

    /**
     * @param groups are made where they are not there
     * @throws RefusedException FORBIDDEN, INVALID or CONFLICT
     */
    public AccountView add(Identity caller, String given, String displayName, String password, Set<String> groups) {
        administrators.check(caller);
        String name = Accounts.name(given);
        List<Fault> faults = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            faults.add(new Fault("name", "must be 1 to 100 letters, digits, '.', '_', '@' and '-', beginning with a letter or digit", given));
        }
        if (displayName.length() > MAX_DISPLAY) {
            faults.add(new Fault("displayName", "must have at most " + MAX_DISPLAY + " characters", displayName.length() + " characters"));
        }
        Passwords.fault(password).ifPresent(faults::add);
        groups.stream().filter(group -> !GROUP.matcher(group).matches()).forEach(group -> faults.add(new Fault("groups", "must be 1 to 100 letters, digits, spaces, '.', '_' and '-'", group)));
        if (groups.size() > MAX_GROUPS) {
            faults.add(new Fault("groups", "must be at most " + MAX_GROUPS, Integer.toString(groups.size())));
        }
        if (!faults.isEmpty()) {
            throw new RefusedException(Kind.INVALID, "The account is not valid", faults);
        }
        if (accounts.countAccounts(Condition.ALL) >= MOST) {
            throw new RefusedException(Kind.CONFLICT, "There are too many accounts", new Fault("users", "must be at most " + MOST, Integer.toString(MOST)));
        }
        Instant now = Instant.now();
        Account account = new Account(UUID.randomUUID(), name, Optional.empty(), Account.Profile.named(displayName), true, now, now);
        if (!accounts.add(account, Optional.of(passwords.hash(password)))) {
            throw new RefusedException(Kind.CONFLICT, "There is such an account already", new Fault("name", "must be one that nobody has", name));
        }
        groups.forEach(group -> accounts.join(accounts.group(group, now).id(), account.id()));
        return view(account);
    }

    /** With its logins. @throws RefusedException FORBIDDEN or NOT_FOUND */
    public void remove(Identity caller, String name) {
        administrators.check(caller);
        Account account = accounts.byName(name).orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such account", new Fault("name", "must be an account's", name)));
        accounts.remove(account.id());
    }

    private AccountView view(Account account) {
        return new AccountView(account.name(), account.profile().displayName(), account.active(), accounts.password(account.name()).isPresent(), List.copyOf(accounts.groupsOf(account.id())), account.createdAt());
    }
}
