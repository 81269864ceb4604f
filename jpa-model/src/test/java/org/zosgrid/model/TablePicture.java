package org.zosgrid.model;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The tables at one moment, as PostgreSQL's own catalogue has them: what a migration really did, however it was written.
 *
 * @param tables  their names
 * @param columns by table and name
 * @param limits  constraints and unique indexes by table and name, as SQL
 * @param triggers by table and name, as SQL
 */
record TablePicture(Set<String> tables, Map<String, Column> columns, Map<String, String> limits, Map<String, String> triggers) {
    private static final String OURS = " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relname <> 'zos_schema_history'";

    /**
     * A column.
     *
     * @param type   as SQL
     * @param needed whether it must have a value
     * @param filled whether it gets one from whoever does not know it
     */
    record Column(String type, boolean needed, boolean filled) {}

    /** A table that somebody's limit or trigger or column belongs to: the first part of its name here. */
    static String table(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    static TablePicture of(DataSource database) {
        Set<String> tables = new TreeSet<>();
        Map<String, Column> columns = new TreeMap<>();
        Map<String, String> limits = new TreeMap<>();
        Map<String, String> triggers = new TreeMap<>();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef or a.attidentity <> '' or a.attgenerated <> '' "
                    + "from pg_attribute a join pg_class c on c.oid = a.attrelid" + OURS + " and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                    columns.put(rows.getString(1) + "." + rows.getString(2), new Column(rows.getString(3), rows.getBoolean(4), rows.getBoolean(5)));
                }
            }
            fill(limits, statement, "select c.relname, k.conname, pg_get_constraintdef(k.oid) from pg_constraint k join pg_class c on c.oid = k.conrelid" + OURS + " and k.contype in ('c', 'u', 'p', 'f', 'x')");
            fill(limits, statement, "select c.relname, i.relname, pg_get_indexdef(i.oid) from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid" + OURS
                    + " and x.indisunique and not exists (select 1 from pg_constraint k where k.conindid = i.oid)");
            fill(triggers, statement, "select c.relname, t.tgname, pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid" + OURS + " and not t.tgisinternal");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return new TablePicture(tables, columns, limits, triggers);
    }

    private static void fill(Map<String, String> into, Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                into.put(rows.getString(1) + "." + rows.getString(2), rows.getString(3));
            }
        }
    }
}
