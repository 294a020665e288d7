package hotline.desk.http;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The templates below {@code src/main/jte}, which were compiled with the code. What they show is escaped by where it stands. */
public final class Templates {

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /** A page inside of what stands around each. */
    String page(Answer.Page page, Layout shell) {
        Content content = output -> output.writeContent(part(page.template(), shell, page.view()));
        return rendered("layout.jte", Map.of("shell", shell, "content", content));
    }

    String part(String template, Layout shell, Object view) {
        return rendered(template, Map.of("shell", shell, "view", view));
    }

    /** A page for whoever is not signed in. */
    public String alone(String template, Object view) {
        return rendered(template, Map.of("view", view));
    }

    private String rendered(String template, Map<String, Object> parameters) {
        var output = new StringOutput();
        engine.render(template, parameters, output);
        return output.toString();
    }
}
