package hotline.base.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig;
import hotline.base.database.Database;
import hotline.callback.Callback.Ask;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.ledger.PostgresLedger;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.request.Requests;
import hotline.callback.retention.KeyEpochStore;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that join are handed the keys, and nobody else is. */
final class KeyTransferTest {

    private static final String TOKEN = "what-all-nodes-know";
    private static final AtomicReference<RunningDatabase> STARTED = new AtomicReference<>();

    private static final HpkeParameters HYBRID = hybrid();

    private final Database database = STARTED.get().database;
    private final AtomicReference<String> first = new AtomicReference<>("");
    private final AtomicReference<String> second = new AtomicReference<>("");

    private static HpkeParameters hybrid() {
        try {
            HybridConfig.register();
            return HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

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
        database.run("TRUNCATE key_transfer");
        database.run("UPDATE key_epoch SET epoch = 1, begun_at = '-infinity', fingerprint = ''");
    }

    private KeyTransfer node(String token, Duration patience) {
        return new KeyTransfer(database, new TokenAead(token, 64, 1), patience);
    }

    /** It answers until whoever asks is done. */
    private static void answers(KeyTransfer node, KeyRatchet chain, CompletableFuture<?> asking) {
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
        assertArrayEquals(chain.key(7, "encrypt"), joining.join().key(7, "encrypt"));
        assertEquals(first.get(), second.get());
        assertEquals(0, database.run("SELECT 1 FROM key_transfer").size());
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
        assertTrue(refused.join().contains("KeyMismatch"), "which ends the process with exit 64");
        assertEquals("", second.get());
    }

    @Test
    void the_answer_opens_with_neither_the_token_nor_another_nodes_half_of_the_key() throws Exception {
        var node = node(TOKEN, Duration.ZERO);
        var chain = node.agree(Optional.empty(), first::set);
        var joining = KeysetHandle.generateNew(HYBRID);
        var id = asks(joining);
        assertEquals(1, node.answer(chain));
        var answer = answer(id);
        var context = ("hotline callback-chain " + id).getBytes(UTF_8);

        assertThrows(GeneralSecurityException.class, () -> new TokenAead(TOKEN, 64, 1).decrypt(answer, context));
        var another = KeysetHandle.generateNew(HYBRID);
        assertThrows(GeneralSecurityException.class, () -> decrypts(another).decrypt(answer, context));
        var inner = decrypts(joining).decrypt(answer, context);
        assertFalse(
                new String(inner, ISO_8859_1).contains(chain.text()), "whoever asks without the token reads nothing");
        assertThrows(GeneralSecurityException.class, () -> new TokenAead("another", 64, 1).decrypt(inner, context));
        assertEquals(chain.text(), new String(new TokenAead(TOKEN, 64, 1).decrypt(inner, context), UTF_8));
    }

    @Test
    void an_answer_that_was_changed_on_its_way_is_refused_and_nothing_is_kept() {
        var node = node(TOKEN, Duration.ZERO);
        var chain = node.agree(Optional.empty(), first::set);
        var joining = CompletableFuture.supplyAsync(
                () -> node(TOKEN, Duration.ofSeconds(30)).agree(Optional.empty(), second::set));
        var refused = joining.handle((_, problem) -> String.valueOf(problem));
        database.run("CREATE FUNCTION change_answer() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN NEW.answer := set_byte(NEW.answer, 60, get_byte(NEW.answer, 60) # 1); RETURN NEW; END'");
        database.run(
                "CREATE TRIGGER changed BEFORE UPDATE ON key_transfer FOR EACH ROW EXECUTE FUNCTION change_answer()");
        try {
            answers(node, chain, joining);
            assertTrue(refused.join().contains("was changed on its way"), refused.join());
        } finally {
            database.run("DROP FUNCTION change_answer CASCADE");
        }
        assertEquals("", second.get());
        assertEquals(0, database.run("SELECT 1 FROM key_transfer").size());
    }

    @Test
    void a_request_that_is_no_key_is_dropped_and_the_next_is_answered() throws Exception {
        var node = node(TOKEN, Duration.ZERO);
        var chain = node.agree(Optional.empty(), first::set);
        database.run("INSERT INTO key_transfer (id, public_key) VALUES (gen_random_uuid(), 'noise')");
        var id = asks(KeysetHandle.generateNew(HYBRID));
        assertEquals(1, node.answer(chain));
        assertTrue(answer(id).length > 0);
        assertEquals(1, database.run("SELECT 1 FROM key_transfer").size());
    }

    private UUID asks(KeysetHandle joining) throws GeneralSecurityException {
        var id = UUID.randomUUID();
        var published = TinkProtoKeysetFormat.serializeKeysetWithoutSecret(joining.getPublicKeysetHandle());
        database.run("INSERT INTO key_transfer (id, public_key) VALUES ($1, $2)", id, Buffer.buffer(published));
        return id;
    }

    private byte[] answer(UUID id) {
        var rows = database.run("SELECT answer FROM key_transfer WHERE id = $1", id);
        return rows.iterator().next().getBuffer(0).getBytes();
    }

    private static HybridDecrypt decrypts(KeysetHandle keyset) throws GeneralSecurityException {
        return keyset.getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
    }

    @Test
    void where_no_node_answers_it_is_said_what_to_do() {
        node(TOKEN, Duration.ZERO).agree(Optional.empty(), first::set);
        var told = assertThrows(
                KeyMismatch.class, () -> node(TOKEN, Duration.ofMillis(300)).agree(Optional.empty(), second::set));
        assertTrue(String.valueOf(told.getMessage()).contains("secrets/callback-chain"));
        assertEquals(0, database.run("SELECT 1 FROM key_transfer").size());
    }

    @Test
    void a_node_that_starts_again_has_its_own_and_one_with_another_is_refused() {
        var node = node(TOKEN, Duration.ZERO);
        var chain = node.agree(Optional.empty(), first::set);
        assertEquals(
                chain.text(), node.agree(Optional.of(first.get()), first::set).text());
        assertThrows(KeyMismatch.class, () -> node.agree(Optional.of(KeyRatchet.begun()), second::set));
    }

    @Test
    void a_database_that_is_older_than_the_keys_is_not_served_in_silence() {
        var node = node(TOKEN, Duration.ZERO);
        var chain = node.agree(Optional.empty(), first::set);
        chain.forgetBefore(3);
        var told = assertThrows(KeyMismatch.class, () -> node.agree(Optional.of(first.get()), first::set));
        assertTrue(String.valueOf(told.getMessage()).contains("older"), told::toString);
    }

    @Test
    void a_database_that_is_older_than_the_keys_is_served_as_the_runbook_says() throws IOException {
        var node = node(TOKEN, Duration.ZERO);
        var chain = node.agree(Optional.empty(), first::set);
        var vault = new EpochVault(chain);
        var callbacks = new Requests(new PostgresLedger(database, vault), Duration.ofMinutes(30));
        var request =
                Request.now(new PhoneNumber("6175551234"), new Ask(Wishes.cautious("en"), true), Optional.empty());
        var callback = callbacks.enter(request).callback();
        chain.forgetBefore(3);
        assertThrows(KeyMismatch.class, () -> node.agree(Optional.of(first.get()), first::set));

        var runbook = Files.readString(Path.of("../infra/runbook.md"));
        var sql = runbook.substring(runbook.indexOf("```sql") + 6, runbook.lastIndexOf("```"));
        var statements = sql.replace("EPOCH", "3").strip().split(";\\s*\n?");
        database.transaction(tx -> {
            Arrays.stream(statements).filter(text -> text.startsWith("UPDATE")).forEach(tx::run);
            return statements;
        });
        node.agree(Optional.of(first.get()), first::set);
        assertEquals(0, new KeyEpochStore(database, vault, chain).encryptAnew());
        assertEquals(
                "number_lost",
                database.run("SELECT disposition FROM callback WHERE id = $1", callback)
                        .iterator()
                        .next()
                        .getString(0));
        assertTrue(callbacks
                .enter(Request.now(
                        new PhoneNumber("6175551234"), new Ask(Wishes.cautious("en"), true), Optional.empty()))
                .earlier()
                .isEmpty());
    }

    @Test
    void what_nodes_show_each_other_of_a_key_recognizes_no_number() throws GeneralSecurityException {
        var chain = new KeyRatchet(KeyRatchet.begun(), first::set);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KeyTransfer.fingerprint(chain, 1).getBytes(), "HmacSHA256"));
        assertFalse(Arrays.equals(
                mac.doFinal("6175551234".getBytes(US_ASCII)),
                new EpochVault(chain).in(1).fingerprint("6175551234")));
    }

    @Test
    void what_is_forgotten_is_not_come_to_again_and_what_follows_is() {
        var chain = new KeyRatchet(KeyRatchet.begun(), first::set);
        var fifth = chain.key(5, "encrypt");
        assertEquals(3, chain.forgetBefore(4));
        assertEquals(0, chain.forgetBefore(4));
        assertArrayEquals(fifth, chain.key(5, "encrypt"));
        assertArrayEquals(fifth, new KeyRatchet(first.get(), second::set).key(5, "encrypt"));
        assertThrows(KeyRatchet.Destroyed.class, () -> chain.key(3, "encrypt"));
        assertFalse(Arrays.equals(chain.key(5, "encrypt"), chain.key(5, "fingerprint")));
        assertThrows(IllegalArgumentException.class, () -> new KeyRatchet("4:short", second::set));
    }
}
