package org.zosgrid.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server of an older version could not live with that works on the same tables while a newer one starts: docs/operations.md, "Upgrading without a stop". Either kind of
 * finding is excused by a line of its own at the file's head, since no test knows what older servers read.
 */
final class MigrationRules {
    /** Nothing reads or writes what goes away, since a version that is out. */
    private static final Pattern CONTRACT = Pattern.compile("(?m)^-- Contract since (\\d+)\\.(\\d+)\\.(\\d+): \\S.*$");

    /** Why a limit or trigger on a table that older servers write does not stop them. */
    private static final Pattern OLDER_SERVERS = Pattern.compile("(?m)^-- Older servers: \\S.*$");

    private static final Pattern TAKES_ROWS = Pattern.compile("(?is)^\\s*(delete|truncate)\\b.*");
    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'");

    private final String built;
    private final String text;
    private final List<String> gone = new ArrayList<>();
    private final List<String> narrower = new ArrayList<>();

    private MigrationRules(String built, String text) {
        this.built = built;
        this.text = text;
    }

    /**
     * What is wrong with a migration.
     *
     * @param built the version that is being built, such as {@code 0.2.0-SNAPSHOT}
     * @param text  of the migration's file
     * @return a sentence for each fault, none of them excused
     */
    static List<String> faults(String built, String text, TablePicture before, TablePicture after) {
        var rules = new MigrationRules(built, text);
        rules.tablesAndColumns(before, after);
        rules.limits(before, after);
        rules.triggers(before, after);
        rules.rows();
        return rules.unexcused();
    }

    private void tablesAndColumns(TablePicture before, TablePicture after) {
        before.tables().stream().filter(table -> !after.tables().contains(table)).forEach(table -> gone.add("the table " + table + " is gone"));
        before.columns().forEach((name, old) -> {
            TablePicture.Column now = after.columns().get(name);
            if (now == null) {
                if (after.tables().contains(TablePicture.table(name))) {
                    gone.add("the column " + name + " is gone");
                }
            } else if (!now.type().equals(old.type())) {
                gone.add("the column " + name + " is " + now.type() + ", and was " + old.type());
            } else if (now.needed() && (!old.needed() || old.filled() && !now.filled())) {
                gone.add("the column " + name + " must be given a value now");
            }
        });
        after.columns().forEach((name, now) -> {
            if (before.tables().contains(TablePicture.table(name)) && !before.columns().containsKey(name) && now.needed() && !now.filled()) {
                gone.add("the new column " + name + " must be given a value and has no default");
            }
        });
    }

    private void limits(TablePicture before, TablePicture after) {
        after.limits().forEach((name, now) -> {
            String old = before.limits().get(name);
            if (before.tables().contains(TablePicture.table(name)) && !now.equals(old) && (old == null || !isWider(old, now))) {
                narrower.add("the limit " + name + " is new or narrower: " + now);
            }
        });
        before.limits().forEach((name, old) -> {
            if (after.tables().contains(TablePicture.table(name)) && !after.limits().containsKey(name) && old.contains("UNIQUE")) {
                narrower.add("the limit " + name + " is gone, which older servers may count on: " + old);
            }
        });
    }

    private void triggers(TablePicture before, TablePicture after) {
        after.triggers().forEach((name, now) -> {
            if (before.tables().contains(TablePicture.table(name)) && !now.equals(before.triggers().get(name))) {
                narrower.add("the trigger " + name + " is new or another: older servers run it too");
            }
        });
        before.triggers().keySet().stream().filter(name -> after.tables().contains(TablePicture.table(name)) && !after.triggers().containsKey(name)).forEach(name -> gone.add("the trigger " + name + " is gone"));
    }

    private void rows() {
        String bare = LITERAL.matcher(text.replaceAll("--[^\\n]*", "")).replaceAll("''");
        for (String statement : bare.split(";")) {
            if (TAKES_ROWS.matcher(statement).matches()) {
                gone.add("rows are taken away: " + statement.strip().replaceAll("\\s+", " "));
            }
        }
    }

    private List<String> unexcused() {
        List<String> faults = new ArrayList<>();
        String head = head();
        Optional<MatchResult> contract = CONTRACT.matcher(head).results().findFirst();
        if (contract.isEmpty()) {
            faults.addAll(gone);
        } else if (!isOut(contract.get())) {
            faults.add("it is a contract step since a version that is not out: " + contract.get().group());
        }
        if (contract.isEmpty() && !OLDER_SERVERS.matcher(head).find()) {
            faults.addAll(narrower);
        }
        return faults;
    }

    /** The comment before the first statement. */
    private String head() {
        Matcher comment = Pattern.compile("\\A(?:--[^\\n]*\\n|\\s*\\n)*").matcher(text);
        return comment.find() ? comment.group() : "";
    }

    /** Servers of a version that is being built may still be in development: who runs a version that is out has it without the column. */
    private boolean isOut(MatchResult named) {
        String[] now = built.replace("-SNAPSHOT", "").split("\\.");
        for (int part = 0; part < now.length; part++) {
            int compared = Integer.compare(Integer.parseInt(named.group(part + 1)), Integer.parseInt(now[part]));
            if (compared != 0) {
                return compared < 0;
            }
        }
        return false;
    }

    /** A list of values that has become longer in a check, or shorter in what a unique index is about; everything else is as it was. */
    private static boolean isWider(String old, String now) {
        if (!LITERAL.matcher(old).replaceAll("?").replaceAll("\\?(::\\w+)?(, \\?(::\\w+)?)*", "?").equals(LITERAL.matcher(now).replaceAll("?").replaceAll("\\?(::\\w+)?(, \\?(::\\w+)?)*", "?"))) {
            return false;
        }
        return now.contains("UNIQUE") ? literals(old).containsAll(literals(now)) : literals(now).containsAll(literals(old));
    }

    private static Set<String> literals(String sql) {
        Set<String> found = new TreeSet<>();
        LITERAL.matcher(sql).results().map(each -> each.group(1)).forEach(found::add);
        return found;
    }
}
