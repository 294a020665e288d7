package hotline.base.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.database.TestDatabase;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a node that joins gets the keys of the others, and who does not. */
final class SharedKeysTest {

    private static final String TOKEN = "a-token-that-all-nodes-know";
    private static final String KEY = "the-key-that-the-first-node-made";
    private static final Optional<String> NONE = Optional.empty();

    private static TestDatabase stores;

    @BeforeAll
    static void starts() {
        stores = new TestDatabase();
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @AfterEach
    void empties() {
        stores.database.run("TRUNCATE shared_key");
    }

    private static String agree(String token, Optional<String> ours) {
        return agree("seal", token, ours);
    }

    private static String agree(String name, String token, Optional<String> ours) {
        var node = new SharedKeys(stores.database, new TokenAead(token, 64, 1));
        var agreed = node.agree(name, ours, () -> "another key");
        node.followToken();
        return agreed;
    }

    @Test
    void the_first_node_makes_the_key_and_whoever_joins_with_the_token_gets_it() {
        assertEquals("another key", agree(TOKEN, NONE));
        assertEquals("another key", agree(TOKEN, NONE));
        assertEquals("another key", agree(TOKEN, Optional.of("another key")));
    }

    @Test
    void a_key_that_was_there_before_is_shared() {
        assertEquals(KEY, agree(TOKEN, Optional.of(KEY)));
        assertEquals(KEY, agree(TOKEN, NONE));
    }

    @Test
    void a_node_without_the_token_gets_nothing_and_is_told_what_to_do() {
        agree(TOKEN, Optional.of(KEY));
        var refused = assertThrows(KeyMismatch.class, () -> agree("some-other-token", NONE));
        assertTrue(String.valueOf(refused.getMessage()).contains("HOTLINE_API_TOKEN"));
    }

    @Test
    void a_node_with_another_key_is_refused_before_it_seals_anything() {
        agree(TOKEN, Optional.of(KEY));
        var refused = assertThrows(KeyMismatch.class, () -> agree(TOKEN, Optional.of("a key of its own")));
        assertTrue(String.valueOf(refused.getMessage()).contains("secrets/seal"));
    }

    @Test
    void a_list_of_keys_may_get_a_new_one_first_and_lose_its_oldest() {
        agree(TOKEN, Optional.of("old"));
        assertEquals("new,old", agree(TOKEN, Optional.of("new,old")));
        assertEquals("new,old", agree(TOKEN, NONE));
        assertEquals("new,old", agree(TOKEN, Optional.of("old")), "a node that was not told yet");
        assertThrows(KeyMismatch.class, () -> agree("some-other-token", Optional.of("old")));
        assertEquals("new", agree(TOKEN, Optional.of("new")));
        assertEquals("new", agree(TOKEN, NONE));
        assertThrows(KeyMismatch.class, () -> agree("some-other-token", Optional.of("newer,new")));
    }

    @Test
    void after_the_token_was_changed_whoever_joins_needs_the_new_one() {
        agree(TOKEN, Optional.of(KEY));
        agree("the-new-token-of-all-nodes", Optional.of(KEY));
        assertThrows(KeyMismatch.class, () -> agree(TOKEN, NONE));
        assertEquals(KEY, agree("the-new-token-of-all-nodes", NONE));
    }

    @Test
    void a_node_that_has_the_key_starts_without_looking_whether_the_token_was_changed() {
        agree(TOKEN, Optional.of(KEY));
        var before = encrypted();
        var node = new SharedKeys(stores.database, new TokenAead("the-new-token-of-all-nodes", 64, 1));
        assertEquals(KEY, node.agree("seal", Optional.of(KEY), () -> "another key"));
        assertEquals(before, encrypted());
        node.followToken();
        assertNotEquals(before, encrypted());
        var renewed = encrypted();
        node.followToken();
        assertEquals(renewed, encrypted(), "once");
    }

    private static Buffer encrypted() {
        return stores.database
                .run("SELECT encrypted FROM shared_key")
                .iterator()
                .next()
                .getBuffer(0);
    }

    @Test
    void the_table_alone_tells_no_key() {
        agree(TOKEN, Optional.of(KEY));
        var row = stores.database
                .run("SELECT shared_key::text FROM shared_key")
                .iterator()
                .next()
                .getString(0);
        assertFalse(row.contains(KEY) || row.contains(HexFormat.of().formatHex(KEY.getBytes(US_ASCII))));
    }

    @Test
    void what_one_name_encrypts_does_not_open_under_another() {
        agree("seal", TOKEN, Optional.of(KEY));
        agree("pepper", TOKEN, Optional.of("a pepper"));
        stores.database.run("""
                UPDATE shared_key SET encrypted = (SELECT encrypted FROM shared_key WHERE name = 'pepper')
                WHERE name = 'seal'
                """);
        assertThrows(KeyMismatch.class, () -> agree("seal", TOKEN, NONE));
    }

    @Test
    void a_key_that_was_changed_in_the_table_is_refused() {
        agree(TOKEN, Optional.of(KEY));
        stores.database.run("UPDATE shared_key SET encrypted = set_byte(encrypted, 40, get_byte(encrypted, 40) # 1)");
        assertThrows(KeyMismatch.class, () -> agree(TOKEN, NONE));
        assertEquals(KEY, agree(TOKEN, Optional.of(KEY)), "a node that has it mends the table");
        assertEquals(KEY, agree(TOKEN, NONE));
        stores.database.run("UPDATE shared_key SET encrypted = ''");
        assertThrows(KeyMismatch.class, () -> agree(TOKEN, NONE));
    }

    @Test
    void the_keys_of_one_process_have_one_salt_and_a_restart_takes_it_up_again() {
        agree("seal", TOKEN, Optional.of(KEY));
        var again = new SharedKeys(stores.database, new TokenAead(TOKEN, 64, 1));
        again.agree("seal", Optional.of(KEY), () -> "another key");
        again.followToken();
        again.agree("pepper", Optional.of("a pepper"), () -> "another key");
        assertEquals(
                1,
                stores.database
                        .run("SELECT DISTINCT substring(encrypted FOR 16) FROM shared_key")
                        .size());
        assertEquals(
                2,
                stores.database
                        .run("SELECT DISTINCT substring(encrypted FROM 17 FOR 12) FROM shared_key")
                        .size(),
                "nonces");
    }

    @Test
    void a_keyset_with_a_new_key_is_passed_on_and_what_the_old_one_encrypted_still_opens() {
        var old = Vault.newKeys();
        var rotated = Vault.withNewKey(old);
        assertEquals(old, agree(TOKEN, Optional.of(old)));
        assertEquals(rotated, agree(TOKEN, Optional.of(rotated)), "the node on which it was made");
        assertEquals(rotated, agree(TOKEN, Optional.of(old)), "a node that still has the old one");
        assertEquals(rotated, agree(TOKEN, NONE), "one that joins");
        assertThrows(KeyMismatch.class, () -> agree(TOKEN, Optional.of(Vault.newKeys())));
        assertThrows(KeyMismatch.class, () -> agree("another token", Optional.of(old)));

        var id = UUID.randomUUID();
        var before = new Vault(old).encrypt("before".getBytes(US_ASCII), id);
        var after = new Vault(rotated).encrypt("after".getBytes(US_ASCII), id);
        assertEquals("before", new String(new Vault(rotated).open(before, id), US_ASCII));
        assertEquals("after", new String(new Vault(rotated).open(after, id), US_ASCII));
        assertThrows(IllegalStateException.class, () -> new Vault(old).open(after, id));
    }
}
