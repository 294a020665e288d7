package hotline.base.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.database.Database;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.ledger.CallbackStore;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.retention.PeriodStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that join are handed the keys, and nobody else is. */
final class ChainShareTest {

    private static final String TOKEN = "what-all-nodes-know";
    private static final AtomicReference<RunningDatabase> STARTED = new AtomicReference<>();

    private final Database database = STARTED.get().database;
    private final AtomicReference<String> first = new AtomicReference<>("");
    private final AtomicReference<String> second = new AtomicReference<>("");

    @BeforeAll
    static void starts() {
        STARTED.set(new RunningDatabase());
    }

    @AfterAll
    static void ends() {
        STARTED.get().close();
    }

    @BeforeEach
    void empty() {
        STARTED.get().empty();
        database.run("TRUNCATE key_wish");
        database.run("UPDATE callback_period SET period = 0, begun_at = '-infinity', fingerprint = ''");
    }

    private ChainShare node(String token, Duration askedFor) {
        return new ChainShare(database, token, askedFor);
    }

    /** It answers until whoever asks is done. */
    private static void answers(ChainShare node, Chain chain, CompletableFuture<?> asking) {
        while (!asking.isDone()) {
            node.answer(chain);
            Thread.onSpinWait();
        }
    }

    @Test
    void a_node_that_joins_comes_to_the_same_keys_and_leaves_nothing_in_the_database() {
        var node = node(TOKEN, Duration.ofSeconds(30));
        var chain = node.agree(Optional.empty(), first::set);
        var joining = CompletableFuture.supplyAsync(
                () -> node(TOKEN, Duration.ofSeconds(30)).agree(Optional.empty(), second::set));
        answers(node, chain, joining);
        assertArrayEquals(chain.key(7, "seal"), joining.join().key(7, "seal"));
        assertEquals(first.get(), second.get());
        assertEquals(0, database.run("SELECT 1 FROM key_wish").size());
    }

    @Test
    void a_node_with_another_token_gets_nothing() {
        var node = node(TOKEN, Duration.ofSeconds(30));
        var chain = node.agree(Optional.empty(), first::set);
        var joining = CompletableFuture.supplyAsync(
                () -> node("another", Duration.ofSeconds(30)).agree(Optional.empty(), second::set));
        var refused = joining.handle((_, problem) -> String.valueOf(problem));
        answers(node, chain, joining);
        assertTrue(refused.join().contains("another HOTLINE_API_TOKEN"), refused.join());
        assertEquals("", second.get());
    }

    @Test
    void where_no_node_answers_it_is_said_what_to_do() {
        node(TOKEN, Duration.ZERO).agree(Optional.empty(), first::set);
        var told = assertThrows(
                KeyShare.Stranger.class,
                () -> node(TOKEN, Duration.ofMillis(300)).agree(Optional.empty(), second::set));
        assertTrue(String.valueOf(told.getMessage()).contains("secrets/callback-chain"));
        assertEquals(0, database.run("SELECT 1 FROM key_wish").size());
    }

    @Test
    void a_node_that_starts_again_has_its_own_and_one_with_another_is_refused() {
        var node = node(TOKEN, Duration.ZERO);
        var chain = node.agree(Optional.empty(), first::set);
        assertEquals(
                chain.text(), node.agree(Optional.of(first.get()), first::set).text());
        assertThrows(KeyShare.Stranger.class, () -> node.agree(Optional.of(Chain.begun()), second::set));
    }

    @Test
    void a_database_that_is_older_than_the_keys_is_not_served_in_silence() {
        var node = node(TOKEN, Duration.ZERO);
        var chain = node.agree(Optional.empty(), first::set);
        chain.forgetBefore(3);
        var told = assertThrows(KeyShare.Stranger.class, () -> node.agree(Optional.of(first.get()), first::set));
        assertTrue(String.valueOf(told.getMessage()).contains("older"), told::toString);
    }

    @Test
    void a_database_that_is_older_than_the_keys_is_served_as_the_runbook_says() throws IOException {
        var node = node(TOKEN, Duration.ZERO);
        var chain = node.agree(Optional.empty(), first::set);
        var vault = new Vault(Vault.newSealKeys(), Vault.newMarkKeys(), chain);
        var callbacks = new CallbackStore(database, vault, Duration.ofMinutes(30));
        var request = Request.now(new PhoneNumber("6175551234"), Wishes.cautious("en"), true);
        var callback = callbacks.enter(request).callback();
        chain.forgetBefore(3);
        assertThrows(KeyShare.Stranger.class, () -> node.agree(Optional.of(first.get()), first::set));

        var runbook = Files.readString(Path.of("../infra/runbook.md"));
        var sql = runbook.substring(runbook.indexOf("```sql") + 6, runbook.lastIndexOf("```"));
        var statements = sql.replace("PERIOD", "3").strip().split(";\\s*\n?");
        database.transaction(tx -> {
            Arrays.stream(statements).filter(it -> it.startsWith("UPDATE")).forEach(tx::run);
            return statements;
        });
        node.agree(Optional.of(first.get()), first::set);
        assertEquals(0, new PeriodStore(database, vault, chain).sealAnew());
        assertEquals(
                "number_lost",
                database.run("SELECT disposition FROM callback WHERE id = $1", callback)
                        .iterator()
                        .next()
                        .getString(0));
        assertTrue(callbacks
                .enter(Request.now(new PhoneNumber("6175551234"), Wishes.cautious("en"), true))
                .entered());
    }

    @Test
    void what_is_forgotten_is_not_come_to_again_and_what_follows_is() {
        var chain = new Chain(Chain.begun(), first::set);
        var fifth = chain.key(5, "seal");
        assertEquals(4, chain.forgetBefore(4));
        assertEquals(0, chain.forgetBefore(4));
        assertArrayEquals(fifth, chain.key(5, "seal"));
        assertArrayEquals(fifth, new Chain(first.get(), second::set).key(5, "seal"));
        assertThrows(Chain.Destroyed.class, () -> chain.key(3, "seal"));
        assertFalse(Arrays.equals(chain.key(5, "seal"), chain.key(5, "mark")));
        assertThrows(IllegalArgumentException.class, () -> new Chain("4:short", second::set));
    }
}
