package hotline.callback.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.keys.Vault;
import hotline.callback.Callback.Ask;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.journal.Journal.Step;
import hotline.callback.journal.JournalEntry.Amended;
import hotline.callback.journal.JournalEntry.Asked;
import hotline.callback.journal.JournalEntry.Ready;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JournalTest {

    private static final Instant ASKED_AT = Instant.parse("2026-11-01T20:42:30.123456Z");
    private static final long ROOM = 1 << 20;

    private final String keys = Vault.newKeys();
    private final Vault vault = new Vault(keys);

    @TempDir
    private Path folder;

    /** The process ends between two steps. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void what_is_kept_is_there_after_a_restart_in_its_order() {
        var id = UUID.randomUUID();
        var asked = asked(id);
        var journal = new Journal(folder, vault);
        assertTrue(journal.keep(asked));
        assertTrue(journal.keep(new Amended(id, new Wishes("es", true, true), Optional.of(new byte[] {1, 2, 3}))));
        assertTrue(journal.keep(new Amended(id, new Wishes("es", true, false), Optional.empty())));
        assertTrue(journal.keep(new Ready(id)));
        var again = new Journal(folder, vault).entries();
        assertEquals(4, again.size());
        assertEquals(asked, again.getFirst());
        var amended = (Amended) again.get(1);
        assertEquals(new Wishes("es", true, true), amended.wishes());
        assertTrue(Arrays.equals(new byte[] {1, 2, 3}, amended.spokenName().orElseThrow()));
        assertEquals(new Amended(id, new Wishes("es", true, false), Optional.empty()), again.get(2));
        assertEquals(new Ready(id), again.get(3));
    }

    @Test
    void what_a_caller_confided_cannot_be_read_in_the_file() throws IOException {
        var journal = new Journal(folder, vault);
        journal.keep(asked(UUID.randomUUID()));
        journal.keep(
                new Amended(UUID.randomUUID(), Wishes.cautious("en"), Optional.of("my name".getBytes(ISO_8859_1))));
        var text = Files.readString(file(), ISO_8859_1);
        assertFalse(text.contains("6175550142"));
        assertFalse(text.contains("my name"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void what_is_removed_is_gone_after_a_restart_and_nothing_else() {
        var first = asked(UUID.randomUUID());
        var second = asked(UUID.randomUUID());
        var journal = new Journal(folder, vault);
        journal.keep(first);
        journal.keep(second);
        journal.remove(first);
        assertEquals(List.of(second), journal.entries());
        assertEquals(List.of(second), new Journal(folder, vault).entries());
        journal.remove(second);
        assertEquals(0, new Journal(folder, vault).size());
    }

    @Test
    void a_line_that_was_torn_hides_no_other() throws IOException {
        var before = asked(UUID.randomUUID());
        new Journal(folder, vault).keep(before);
        var text = Files.readString(file(), ISO_8859_1);
        for (var length = 1; length < text.length() - 2; length++) {
            Files.writeString(file(), text + text.strip().substring(0, length), ISO_8859_1);
            var journal = new Journal(folder, vault);
            assertEquals(List.of(before), journal.entries(), "torn after " + length);
            var after = asked(UUID.randomUUID());
            assertTrue(journal.keep(after));
            assertEquals(List.of(before, after), new Journal(folder, vault).entries(), "torn after " + length);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"WRITTEN", "SYNCED"})
    void killed_while_it_keeps_one_the_others_stay(Step step) {
        var before = asked(UUID.randomUUID());
        new Journal(folder, vault).keep(before);
        var journal = new Journal(folder, vault, ROOM, killedAt(step));
        assertThrows(Killed.class, () -> journal.keep(asked(UUID.randomUUID())));
        assertEquals(before, new Journal(folder, vault).entries().getFirst());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void killed_while_it_removes_one_the_others_stay(Step step) {
        var first = asked(UUID.randomUUID());
        var second = asked(UUID.randomUUID());
        var before = new Journal(folder, vault);
        before.keep(first);
        before.keep(second);
        var journal = new Journal(folder, vault, ROOM, killedAt(step));
        assertThrows(Killed.class, () -> journal.remove(journal.entries().getFirst()));
        var expected = step == Step.REPLACED ? List.of(second) : List.of(first, second);
        var after = new Journal(folder, vault);
        assertEquals(expected, after.entries());
        after.remove(after.entries().getLast());
        assertEquals(expected.size() - 1, new Journal(folder, vault).size());
    }

    @Test
    void a_full_journal_keeps_no_more_and_says_so() {
        var journal = new Journal(folder, vault, 1_000, _ -> {});
        var kept = 0;
        while (journal.keep(asked(UUID.randomUUID()))) {
            kept++;
        }
        assertTrue(kept >= 3, "kept " + kept);
        assertEquals(kept, journal.size());
        assertEquals(kept, new Journal(folder, vault).size());
    }

    @Test
    void names_leave_room_for_requests() {
        var journal = new Journal(folder, vault, ROOM, _ -> {});
        var name = new Amended(UUID.randomUUID(), Wishes.cautious("en"), Optional.of(new byte[160_000]));
        var names = 0;
        while (journal.keep(name)) {
            names++;
        }
        assertTrue(names == 2 || names == 3, "kept " + names);
        assertTrue(journal.keep(asked(UUID.randomUUID())));
    }

    @Test
    void a_disk_that_refuses_keeps_nothing_and_what_was_kept_stays() throws IOException {
        var kept = asked(UUID.randomUUID());
        var journal = new Journal(folder, vault);
        journal.keep(kept);
        // Nobody can write to a folder as if it were a file, not even root.
        var aside = folder.resolve("aside");
        Files.move(file(), aside);
        Files.createDirectory(file());
        assertFalse(journal.keep(asked(UUID.randomUUID())));
        assertEquals(List.of(kept), journal.entries());
        Files.writeString(file().resolve("in-the-way"), "");
        assertThrows(UncheckedIOException.class, () -> journal.remove(kept));
        assertEquals(List.of(kept), journal.entries());
        assertThrows(UncheckedIOException.class, () -> new Journal(folder, vault));
    }

    @Test
    void entries_of_other_keys_stay_for_them() throws IOException {
        var kept = asked(UUID.randomUUID());
        new Journal(folder, vault).keep(kept);
        var stranger = new Journal(folder, new Vault(Vault.newKeys()));
        assertEquals(List.of(), stranger.entries());
        assertEquals(1, stranger.size(), "somebody is told by the count");
        var own = asked(UUID.randomUUID());
        stranger.keep(own);
        stranger.remove(own);
        assertEquals(List.of(kept), new Journal(folder, vault).entries());
        Files.writeString(file(), "00000000 what is this\n", ISO_8859_1, StandardOpenOption.APPEND);
        assertEquals(List.of(kept), new Journal(folder, vault).entries());
    }

    // ---- a process that is really killed ----

    @Test
    void what_a_killed_process_said_it_kept_is_kept() throws Exception {
        Files.writeString(folder.resolve("seal"), keys);
        var child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeepsOn.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new ArrayList<UUID>();
        try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), ISO_8859_1))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(UUID.fromString(line));
                if (said.size() == 50) {
                    // Not by the process itself, which would close what it said.
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertTrue(said.size() >= 50, "it kept " + said.size());
        var kept = new Journal(folder, vault)
                .entries().stream().map(JournalEntry::callback).toList();
        assertEquals(said, kept.subList(0, said.size()));
        assertTrue(kept.size() <= said.size() + 1, "one more at the most was about to be said");
    }

    /** Keeps requests until it is killed, and says which. */
    static final class KeepsOn {

        private KeepsOn() {}

        public static void main(String... arguments) throws IOException {
            var folder = Path.of(arguments[0]);
            var journal = new Journal(folder, new Vault(Files.readString(folder.resolve("seal"))));
            for (var kept = 0; kept < 10_000; kept++) {
                var id = UUID.randomUUID();
                if (journal.keep(asked(id))) {
                    System.out.println(id);
                }
            }
        }
    }

    private Path file() {
        return folder.resolve("requests");
    }

    private static Consumer<Step> killedAt(Step killed) {
        return step -> {
            if (step == killed) {
                throw new Killed();
            }
        };
    }

    private static Asked asked(UUID id) {
        var number = new PhoneNumber("6175550142");
        return new Asked(new Request(
                id,
                Optional.of(ASKED_AT),
                number,
                new Ask(new Wishes("es", true, false), true, true, 1),
                Optional.empty()));
    }
}
