package hotline.base.database;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
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

    /** Who must have signed the server's certificate. Vert.x would send it on as a setting of the session. */
    private static final Pattern AUTHORITY = Pattern.compile("sslrootcert=(?<file>.*)");

    public DatabaseHosts {
        all = all.stream().map(DatabaseHosts::plain).toList();
    }

    /** Without what the client would ask for as a connection begins, and the server does by itself: poolers refuse it. */
    private static PgConnectOptions plain(PgConnectOptions server) {
        var plain = new PgConnectOptions(server);
        plain.getProperties().remove("extra_float_digits");
        return plain;
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
        var given = Optional.ofNullable(parts.group("options")).orElse("");
        var options = options(given);
        var authority = authority(given);
        var all = new ArrayList<PgConnectOptions>();
        for (var host : parts.group("hosts").split(",", -1)) {
            if (!HOST.matcher(host).matches()) {
                // It may be a part of a password with a slash: not repeated.
                throw new IllegalArgumentException("what stands for host " + (all.size() + 1) + " is none: " + WRITE);
            }
            try {
                all.add(secured(
                        PgConnectOptions.fromUri("postgresql://" + login + host + parts.group("name") + options),
                        authority));
            } catch (UnknownAuthority e) {
                throw e;
            } catch (IllegalArgumentException e) {
                // Its own message repeats the URI, and with it the password.
                throw new IllegalArgumentException(WRITE);
            }
        }
        return new DatabaseHosts(all);
    }

    private static String options(String text) {
        var others = Stream.of(text.split("&"))
                .filter(one -> !one.isEmpty()
                        && !FOR_THE_PRIMARY.matcher(one).matches()
                        && !AUTHORITY.matcher(one).matches())
                .toList();
        var unfit = others.stream()
                .filter(other -> other.startsWith("target_session_attrs"))
                .findFirst();
        if (unfit.isPresent()) {
            throw new IllegalArgumentException(unfit.get() + ": only read-write can be meant here; leave it out");
        }
        return others.isEmpty() ? "" : "?" + String.join("&", others);
    }

    private static Optional<Path> authority(String options) {
        return Stream.of(options.split("&"))
                .map(AUTHORITY::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Path.of(URLDecoder.decode(matcher.group("file"), StandardCharsets.UTF_8)))
                .findFirst();
    }

    /** Its message may be shown, unlike those of the URI's reader. */
    private static final class UnknownAuthority extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        UnknownAuthority(String message) {
            super(message);
        }
    }

    /** As libpq understands it: to require and to name an authority is to ask it; verify-full looks at the host's name too. */
    private static PgConnectOptions secured(PgConnectOptions server, Optional<Path> authority) {
        var mode = server.getSslMode();
        if (authority.isPresent() && !Files.isReadable(authority.get())) {
            throw new UnknownAuthority("sslrootcert: no such file can be read: write the path of a PEM file");
        }
        if (authority.isEmpty() && (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL)) {
            throw new UnknownAuthority("sslmode: write also whom to trust, such as &sslrootcert=/etc/hotline/ca.pem");
        }
        if (authority.isPresent() && mode == SslMode.REQUIRE) {
            server.setSslMode(SslMode.VERIFY_CA);
        }
        var options =
                new ClientSSLOptions().setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
        authority.ifPresentOrElse(
                path -> options.setTrustOptions(new PemTrustOptions().addCertPath(path.toString())),
                () -> options.setTrustAll(true));
        return server.setSslOptions(options);
    }

    /** For JDBC, which finds the primary by itself. */
    public String jdbcUrl() {
        return all.stream()
                .map(server -> (server.getHost().contains(":") ? "[" + server.getHost() + "]" : server.getHost()) + ":"
                        + server.getPort())
                .collect(Collectors.joining(
                        ",",
                        "jdbc:postgresql://",
                        "/" + all.getFirst().getDatabase() + "?targetServerType=primary" + jdbcSecurity()));
    }

    /** The same as the other client's: a password must not go over a line that the operator wanted sealed. */
    private String jdbcSecurity() {
        var any = all.getFirst();
        var mode =
                "&sslmode=" + any.getSslMode().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return any.getSslOptions() != null && any.getSslOptions().getTrustOptions() instanceof PemTrustOptions authority
                ? mode + "&sslrootcert="
                        + URLEncoder.encode(authority.getCertPaths().getFirst(), StandardCharsets.UTF_8)
                : mode;
    }
}
