package hotline.desk.http;

import hotline.desk.access.Account;
import hotline.desk.access.Scope;
import hotline.desk.access.Session;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Somebody who is signed in asks for a page, or sends a form. */
public record PageRequest(RoutingContext request, Session session) {

    public Account account() {
        return session.account();
    }

    /** The name of whoever asks, as the audit and a call-back's history write it. */
    public String name() {
        return account().name();
    }

    /** Whether they have one of these scopes, or are an administrator. */
    public boolean may(Scope... scopes) {
        return Pages.may(account(), scopes);
    }

    /** A part of the path. */
    public String path(String part) {
        return Api.path(request, part);
    }

    /** A value behind the question mark. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(request.queryParams().get(name))
                .filter(text -> !text.isBlank() && !text.contains("\0"));
    }

    /** A field of the form; empty where nothing was written. */
    public String field(String name) {
        return Optional.ofNullable(request.request().getFormAttribute(name))
                .filter(text -> !text.contains("\0"))
                .map(String::strip)
                .orElse("");
    }

    /** A code or a number, without what people write between its digits. */
    public String digits(String name) {
        return field(name).replaceAll("[\\s\\p{Z}\\p{Pd}.]", "");
    }

    /** A field as it was typed, spaces too: a password, or a table, whose lines are counted. */
    public String secret(String name) {
        return Optional.ofNullable(request.request().getFormAttribute(name)).orElse("");
    }

    /** @throws Problem when nothing was written, that says what to write */
    public String field(String name, String advice) {
        return Optional.of(field(name)).filter(text -> !text.isEmpty()).orElseThrow(() -> new Problem(422, advice));
    }

    /** All values of a field that stands in the form more than once. */
    public List<String> fields(String name) {
        return request.request().formAttributes().getAll(name);
    }

    public boolean checked(String name) {
        return !field(name).isEmpty();
    }

    /**
     * The file of a form that has one.
     *
     * @throws Problem when none was chosen, or it is larger than the form takes
     */
    public Buffer upload() {
        return Upload.of(request);
    }

    /** Whether a part of a page asks for itself, so that the rest of it is not wanted. */
    public boolean ofPart() {
        return "true".equals(request.request().getHeader("HX-Request"))
                && !"true".equals(request.request().getHeader("HX-Boosted"));
    }

    /** One of an enum's words, written in small letters. */
    public <E extends Enum<E>> Optional<E> word(Class<E> words, String word) {
        return Arrays.stream(words.getEnumConstants())
                .filter(value -> Api.word(value).equals(word))
                .findFirst();
    }
}
