package hotline.desk.api;

import hotline.desk.access.AccountStore;
import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Reply;
import hotline.desk.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;

/** The API of accounts: how the first people get into the console. The administrator's alone. */
public final class AccountApi {

    private final AccountStore accounts;

    public AccountApi(AccountStore accounts) {
        this.accounts = accounts;
    }

    public void mount(Api api) {
        api.route(HttpMethod.GET, "/api/v1/accounts", _ -> list());
        api.route(HttpMethod.PUT, "/api/v1/accounts/:name", this::save);
        api.route(HttpMethod.DELETE, "/api/v1/accounts/:name", this::remove);
        api.route(HttpMethod.DELETE, "/api/v1/accounts/:name/second-factor", this::removeSecondFactor);
    }

    private Reply list() {
        var list = new JsonArray();
        for (var account : accounts.all()) {
            var scopes = new JsonArray();
            account.scopes().stream().map(Api::word).sorted().forEach(scopes::add);
            list.add(new JsonObject()
                    .put("name", account.name())
                    .put("scopes", scopes)
                    .put("second_factor", account.secondFactor()));
        }
        return Reply.ok(list.encode());
    }

    /** A first password is told where the account is new, or it is asked for. */
    private Reply save(RoutingContext request) {
        var body = Api.body(request, "scopes", "new_password");
        var scopes = EnumSet.noneOf(Scope.class);
        if (!(body.getValue("scopes") instanceof JsonArray words)) {
            throw new Problem(422, "scopes: write a list such as [\"responder\"]");
        }
        words.forEach(value -> scopes.add(Api.word(Scope.class, "scopes", String.valueOf(value))));
        var again = Boolean.TRUE.equals(body.getValue("new_password"));
        return accounts.save(Api.who(request).name(), Api.path(request, "name"), scopes, again)
                .map(account -> Reply.created(new JsonObject().put("first_password", account)))
                .orElseGet(Reply::nothing);
    }

    private Reply remove(RoutingContext request) {
        if (!accounts.remove(Api.who(request).name(), Api.path(request, "name"))) {
            throw new Problem(404, "nobody of this name has an account: list them with GET /api/v1/accounts");
        }
        return Reply.nothing();
    }

    private Reply removeSecondFactor(RoutingContext request) {
        if (!accounts.removeSecondFactor(Api.who(request).name(), Api.path(request, "name"))) {
            throw new Problem(404, "nobody of this name has an account with a password: see GET /api/v1/accounts");
        }
        return Reply.nothing();
    }
}
