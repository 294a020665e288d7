package hotline.callback.store;

import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the database may be: a primary, which alone accepts writes, and its standbys, of which one is the primary after a
 * fail-over.
 */
public record DatabaseHosts(List<PgConnectOptions> all) {

    private static final String WRITE =
            "write postgresql://user:password@host:5432/name, or several hosts: host1:5432,host2:5432";
    private static final Pattern URI = Pattern.compile(
            "postgres(?:ql)?://(?<login>[^/?]+@)?(?<hosts>[^@/?]+)(?<name>/[^/?]+)(?:\\?(?<options>\\S*))?");
    private static final Pattern HOST = Pattern.compile("(?:\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s]+)(?::\\d{1,5})?");

    /** Whoever asks here goes to the primary alone. */
    private static final Pattern FOR_THE_PRIMARY = Pattern.compile("target_session_attrs=(read-write|primary|any)");

    public DatabaseHosts {
        all = List.copyOf(all);
    }

    public static DatabaseHosts of(PgConnectOptions only) {
        return new DatabaseHosts(List.of(only));
    }

    /**
     * Reads a URI as libpq does, with any number of hosts.
     *
     * @throws IllegalArgumentException saying what to write, and nothing of the password
     */
    public static DatabaseHosts parse(String uri) {
        var parts = URI.matcher(uri.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(WRITE);
        }
        var login = Optional.ofNullable(parts.group("login")).orElse("");
        var options = options(Optional.ofNullable(parts.group("options")).orElse(""));
        var all = new ArrayList<PgConnectOptions>();
        for (var host : parts.group("hosts").split(",", -1)) {
            if (!HOST.matcher(host).matches()) {
                // It may be a part of a password with a slash: not repeated.
                throw new IllegalArgumentException("what stands for host " + (all.size() + 1) + " is none: " + WRITE);
            }
            try {
                all.add(PgConnectOptions.fromUri("postgresql://" + login + host + parts.group("name") + options));
            } catch (IllegalArgumentException e) {
                // Its own message repeats the URI, and with it the password.
                throw new IllegalArgumentException(WRITE);
            }
        }
        return new DatabaseHosts(all);
    }

    private static String options(String text) {
        var others = Stream.of(text.split("&"))
                .filter(it -> !it.isEmpty() && !FOR_THE_PRIMARY.matcher(it).matches())
                .toList();
        var unfit = others.stream()
                .filter(it -> it.startsWith("target_session_attrs"))
                .findFirst();
        if (unfit.isPresent()) {
            throw new IllegalArgumentException(unfit.get() + ": only read-write can be meant here; leave it out");
        }
        return others.isEmpty() ? "" : "?" + String.join("&", others);
    }

    /** For JDBC, which finds the primary by itself. */
    String jdbcUrl() {
        return all.stream()
                .map(it -> (it.getHost().contains(":") ? "[" + it.getHost() + "]" : it.getHost()) + ":" + it.getPort())
                .collect(Collectors.joining(
                        ",", "jdbc:postgresql://", "/" + all.getFirst().getDatabase() + "?targetServerType=primary"));
    }
}
