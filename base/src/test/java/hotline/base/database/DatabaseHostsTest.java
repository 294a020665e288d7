package hotline.base.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseHostsTest {

    private static List<String> hosts(String uri) {
        return DatabaseHosts.parse(uri).all().stream()
                .map(server -> server.getHost() + ":" + server.getPort())
                .toList();
    }

    @Test
    void one_host_or_several_with_or_without_ports() {
        assertEquals(List.of("db.example:5432"), hosts("postgresql://ivr:word@db.example/hotline"));
        assertEquals(
                List.of("one:5432", "two:5433", "10.0.0.3:5432"),
                hosts("postgres://ivr:word@one,two:5433,10.0.0.3/hotline?target_session_attrs=read-write"));
    }

    @Test
    void addresses_of_version_6_stand_in_brackets() {
        assertEquals(List.of("fd00::1:5433", "::1:5432"), hosts("postgresql://ivr:word@[fd00::1]:5433,[::1]/hotline"));
    }

    @Test
    void each_host_has_the_login_and_the_name() {
        for (var host : DatabaseHosts.parse("postgresql://ivr:w%40rd@one,two/hotline?application_name=n")
                .all()) {
            assertEquals("ivr", host.getUser());
            assertEquals("w@rd", host.getPassword());
            assertEquals("hotline", host.getDatabase());
            assertFalse(host.getProperties().containsKey("target_session_attrs"));
        }
    }

    @Test
    void jdbc_looks_for_the_primary_among_all() {
        assertEquals(
                "jdbc:postgresql://one:5432,[fd00::1]:5433/hotline?targetServerType=primary&sslmode=disable",
                DatabaseHosts.parse("postgresql://ivr:word@one,[fd00::1]:5433/hotline")
                        .jdbcUrl());
    }

    @Test
    void both_clients_keep_the_line_to_the_database_as_secret_as_the_address_says(@TempDir Path folder)
            throws IOException {
        var authority = Files.createFile(folder.resolve("our ca.pem"));
        var hosts = DatabaseHosts.parse("postgresql://ivr:word@one,two/hotline?sslmode=verify-full&sslrootcert="
                + URLEncoder.encode(authority.toString(), UTF_8));
        assertTrue(hosts.jdbcUrl()
                .endsWith("&sslmode=verify-full&sslrootcert=" + URLEncoder.encode(authority.toString(), UTF_8)));
        for (var host : hosts.all()) {
            assertEquals(SslMode.VERIFY_FULL, host.getSslMode());
            assertEquals("HTTPS", host.getSslOptions().getHostnameVerificationAlgorithm());
            assertEquals(
                    new PemTrustOptions().addCertPath(authority.toString()),
                    host.getSslOptions().getTrustOptions());
            assertFalse(host.getProperties().containsKey("sslrootcert"));
        }
    }

    @Test
    void an_authority_that_is_named_is_asked_and_without_one_the_line_is_only_sealed(@TempDir Path folder)
            throws IOException {
        var authority = Files.createFile(folder.resolve("ca.pem"));
        var require = "postgresql://ivr:word@one/hotline?sslmode=require";
        assertEquals(
                SslMode.VERIFY_CA,
                DatabaseHosts.parse(require + "&sslrootcert=" + authority)
                        .all()
                        .getFirst()
                        .getSslMode());
        assertTrue(DatabaseHosts.parse(require).all().getFirst().getSslOptions().isTrustAll());
        assertTrue(DatabaseHosts.parse(require).jdbcUrl().endsWith("&sslmode=require"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db.example",
                "mysql://ivr:secret@one/hotline",
                "postgresql://ivr:secret@one",
                "postgresql://ivr:secret/@one",
                "postgresql://ivr:a/secret@one/hotline",
                "postgresql://ivr:secret@/hotline",
                "postgresql://ivr:secret@one,,two/hotline",
                "postgresql://ivr:secret@one:port/hotline",
                "postgresql://ivr:secret@one:99999/hotline",
                "postgresql://ivr:secret@fd00::1/hotline",
                "postgresql://ivr:secret@one/hotline?target_session_attrs=standby",
                "postgresql://ivr:secret@one/hotline?sslmode=maybe",
                "postgresql://ivr:secret@one/hotline?sslmode=verify-full",
                "postgresql://ivr:secret@one/hotline?sslmode=verify-full&sslrootcert=/no/such/ca.pem"
            })
    void what_is_none_is_refused_with_what_to_write_and_without_the_password(String uri) {
        var refused = assertThrows(IllegalArgumentException.class, () -> DatabaseHosts.parse(uri));
        var message = String.valueOf(refused.getMessage());
        assertFalse(message.contains("secret"), message);
        assertTrue(message.contains("write") || message.contains("leave it out"), message);
    }
}
