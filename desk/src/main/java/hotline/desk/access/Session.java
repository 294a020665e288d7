package hotline.desk.access;

import java.time.Instant;

/**
 * Somebody is signed in, in one browser.
 *
 * @param csrf what each form of theirs carries, so that no other site can send one
 */
public record Session(Account account, String csrf, Instant begunAt) {

    public String name() {
        return account.name();
    }
}
