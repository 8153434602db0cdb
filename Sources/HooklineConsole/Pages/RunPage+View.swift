import Mustache

extension RunPage {
    /// The page as self-contained HTML: no scripts, style sheets or images from elsewhere.
    ///
    /// - Throws: a `MustacheTemplate` error for a broken template, which a test would have found.
    package func html() throws -> String {
        try MustacheTemplate(string: Self.template).render(values)
    }

    private static let template = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>{{activation}} · {{run}}</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
          table { border-collapse: collapse; margin: 1rem 0; }
          td, th { padding: .2rem 1rem .2rem 0; text-align: left; border-bottom: 1px solid #ddd; }
          .number { text-align: right; font-variant-numeric: tabular-nums; }
          pre { white-space: pre-wrap; background: #f6f6f6; padding: .8rem; }
        </style>
        <h1>{{activation}}: {{kind}} {{outcome}}</h1>
        <p>{{run}}, started {{started}}, {{seconds}} s, {{calls}} calls, {{rows}} rows read.</p>
        {{#error}}<pre>{{message}} [{{code}}]</pre>{{/error}}
        <table>
          <tr><th>segment<th>label<th>id<th class="number">members<th class="number">{{entered}}<th class="number">{{left}}<th class="number">unchanged</tr>
          {{#segments}}
          <tr><td>{{name}}{{gone}}<td>{{label}}<td>{{id}}<td class="number">{{members}}<td class="number">{{added}}<td class="number">{{removed}}<td class="number">{{unchanged}}</tr>
          {{/segments}}
        </table>
        <table>
          {{#buckets}}
          <tr><td>{{name}}<td class="number">{{count}}</tr>
          {{/buckets}}
        </table>
        {{#warnings}}<pre>warning: {{message}} [{{code}}]</pre>{{/warnings}}
        {{#note}}<p>{{.}}</p>{{/note}}
        </html>

        """
}
