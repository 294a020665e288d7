package hotline.desk.api;

import hotline.base.audit.AuditStore;
import hotline.base.audit.AuditStore.Numbered;
import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Reply;
import hotline.desk.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The API of tokens and of what was done with them: the administrator's. */
public final class TokenApi {

    private final TokenStore tokens;
    private final AuditStore audit;

    public TokenApi(TokenStore tokens, AuditStore audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    public void mount(Api api) {
        api.route(HttpMethod.GET, "/api/v1/tokens", _ -> list());
        api.route(HttpMethod.POST, "/api/v1/tokens", this::issue);
        api.route(HttpMethod.DELETE, "/api/v1/tokens/:name", this::revoke);
        api.route(HttpMethod.GET, "/api/v1/audit", this::audited);
    }

    private Reply list() {
        var list = new JsonArray();
        tokens.all()
                .forEach(holder -> list.add(new JsonObject()
                        .put("name", holder.name())
                        .put("scope", Api.word(holder.scope()))
                        .put("issued_at", holder.issuedAt().toString())));
        return Reply.ok(list.encode());
    }

    private Reply issue(RoutingContext request) {
        var body = Api.body(request, "name", "scope");
        var name = Api.text(body, "name");
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,63}") || name.equals("administrator")) {
            throw new Problem(422, "name: write small letters, digits, '.', '_' or '-', such as maria.coordinator");
        }
        var scope = Api.word(Scope.class, "scope", Api.text(body, "scope"));
        var token = tokens.issue(name, scope)
                .orElseThrow(() -> new Problem(409, name + " already holds a token: revoke that one first"));
        audit.note(Api.who(request).name(), "token_issued", name, Api.word(scope));
        return Reply.created(new JsonObject().put("token", token));
    }

    private Reply revoke(RoutingContext request) {
        var name = Api.path(request, "name");
        if (!tokens.revoke(name)) {
            throw new Problem(404, "nobody of that name holds a token: list them with GET /api/v1/tokens");
        }
        audit.note(Api.who(request).name(), "token_revoked", name, "");
        return Reply.nothing();
    }

    private Reply audited(RoutingContext request) {
        var listing = Listing.of(request, Listing.LONGEST);
        return listing.reply(
                audit.page(listing.afterNumber().orElse(Long.MAX_VALUE), "", listing.sought()),
                TokenApi::json,
                Numbered::number);
    }

    private static JsonObject json(Numbered numbered) {
        var entry = numbered.entry();
        return new JsonObject()
                .put("number", numbered.number())
                .put("at", entry.at().toString())
                .put("who", entry.who())
                .put("act", entry.act())
                .put("subject", entry.subject())
                .put("reason", entry.reason());
    }
}
