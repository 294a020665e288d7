package hotline.callback.console;

import hotline.callback.Role;
import hotline.callback.console.Api.Reply;
import hotline.callback.staff.Responder;
import hotline.callback.staff.StaffStore;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The API of staff: who can be rung, and who is on duty. */
final class StaffApi {

    private final StaffStore staff;

    StaffApi(StaffStore staff) {
        this.staff = staff;
    }

    void mount(Api api) {
        api.route(HttpMethod.PUT, "/api/v1/responders/:id", this::save);
        api.route(HttpMethod.GET, "/api/v1/responders", _ -> list());
    }

    private Reply save(RoutingContext request) {
        var body = Api.body(request, "name", "phone", "languages", "role", "on_duty");
        if (!(body.getValue("on_duty") instanceof Boolean onDuty)) {
            throw new Problem(422, "on_duty: write true or false");
        }
        staff.save(new Responder(
                Api.path(request, "id"),
                Api.text(body, "name"),
                Api.text(body, "phone"),
                languages(body),
                Api.word(Role.class, "role", Api.text(body, "role")),
                onDuty));
        return Reply.nothing();
    }

    private static List<String> languages(JsonObject body) {
        if (body.getValue("languages") instanceof JsonArray languages
                && languages.stream().allMatch(String.class::isInstance)) {
            return languages.stream().map(String.class::cast).toList();
        }
        throw new Problem(422, "languages: write a list such as [\"en\", \"es\"]");
    }

    private Reply list() {
        var people = new JsonArray();
        for (var person : staff.all()) {
            people.add(new JsonObject()
                    .put("id", person.id())
                    .put("name", person.name())
                    .put("phone", person.phone().replaceFirst("^\\d{6}", "***-***-"))
                    .put("languages", new JsonArray(List.copyOf(person.languages())))
                    .put("role", Api.word(person.role()))
                    .put("on_duty", person.onDuty()));
        }
        return Reply.ok(people.encode());
    }
}
