type Json = Record<string, unknown>;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (each) => escapes[each] ?? each);
/** Text with `code` in backticks. */
const prose = (text: string): string => escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

const asJson = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.map(asJson) : []);

/** A schema in a few words: `string (uuid)`, `array of Lead`, `"asc" or "desc"`. */
function typeText(schema: Json): string {
  const reference = asText(schema.$ref);
  if (reference !== '') return reference.split('/').at(-1) ?? reference;
  if (Array.isArray(schema.enum)) return schema.enum.map((each) => JSON.stringify(each)).join(' or ');
  if ('const' in schema) return JSON.stringify(schema.const);
  const branches = [...asList(schema.anyOf), ...asList(schema.oneOf)];
  if (branches.length > 0) return branches.map(typeText).join(' or ');
  if (schema.type === 'array') return `array of ${typeText(asJson(schema.items))}`;
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  const type = asText(schema.type) || 'any';
  const notes = [
    asText(schema.format),
    schema.minimum === undefined ? '' : `≥ ${JSON.stringify(schema.minimum)}`,
    schema.maximum === undefined ? '' : `≤ ${JSON.stringify(schema.maximum)}`,
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ].filter((note) => note !== '');
  return notes.length === 0 ? type : `${type} (${notes.join(', ')})`;
}

const row = (cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

const table = (heads: readonly string[], rows: readonly string[]): string =>
  rows.length === 0
    ? ''
    : `<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

/** The fields of an object schema; nested ones are listed under their path. */
function fieldRows(schema: Json, prefix = '', depth = 0): string[] {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(asJson(schema.properties)).flatMap(([name, value]) => {
    const field = asJson(value);
    const path = prefix + name;
    const own = row([
      `<code>${escapeHtml(path)}</code>${required.has(name) ? '' : ' <small>optional</small>'}`,
      escapeHtml(typeText(field)),
      prose(asText(field.description)),
    ]);
    const inner = field.type === 'array' ? asJson(field.items) : field;
    const suffix = field.type === 'array' ? '[].' : '.';
    return depth < 3 ? [own, ...fieldRows(inner, path + suffix, depth + 1)] : [own];
  });
}

function schemaHtml(schema: Json): string {
  const branches = [...asList(schema.oneOf), ...asList(schema.anyOf)];
  if (branches.length > 0) return branches.map(schemaHtml).join('<p>or</p>');
  const rows = fieldRows(schema);
  return rows.length === 0 ? `<p>${escapeHtml(typeText(schema))}</p>` : table(['Field', 'Type', ''], rows);
}

function contentHtml(content: unknown): string {
  return Object.entries(asJson(content))
    .map(
      ([type, media]) =>
        `<p><small>${escapeHtml(type)}</small></p>${schemaHtml(asJson(asJson(media).schema))}`,
    )
    .join('');
}

function operationHtml(method: string, path: string, operation: Json, server: string): string {
  const parameters = asList(operation.parameters)
    .filter((parameter) => parameter.$ref === undefined)
    .map((parameter) =>
      row([
        `<code>${escapeHtml(asText(parameter.name))}</code>${parameter.required === true ? '' : ' <small>optional</small>'}`,
        escapeHtml(asText(parameter.in)),
        escapeHtml(typeText(asJson(parameter.schema))),
        prose(asText(parameter.description)),
      ]),
    );
  const body = asJson(operation.requestBody);
  const done = Object.entries(asJson(operation.responses)).filter(([status]) => status.startsWith('2'));
  const failed = Object.keys(asJson(operation.responses)).filter((status) => !status.startsWith('2'));
  const id = escapeHtml(asText(operation.operationId));
  return `<section id="${id}"><h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${escapeHtml(server + path)}</code></h3>
<p>${prose(asText(operation.summary))}</p><p><small>tRPC: <code>${id}</code></small></p>
${operation.description === undefined ? '' : `<p>${prose(asText(operation.description))}</p>`}
${parameters.length === 0 ? '' : `<h4>Parameters</h4>${table(['Name', 'In', 'Type', ''], parameters)}`}
${body.content === undefined ? '' : `<h4>Body</h4>${contentHtml(body.content)}`}
${done.map(([status, response]) => `<h4>Answer ${status}</h4>${contentHtml(asJson(response).content)}`).join('')}
<p><small>Errors: ${failed.join(', ')}</small></p></section>`;
}

/** The OpenAPI document as a page to read: one HTML file, one style sheet, no script. */
export function referencePage(document: Json, styleSheet: string): string {
  const info = asJson(document.info);
  const server = asText(asList(document.servers)[0]?.url);
  const groups = new Map<string, { id: string; html: string; title: string }[]>();
  for (const [path, methods] of Object.entries(asJson(document.paths))) {
    for (const [method, value] of Object.entries(asJson(methods))) {
      const operation = asJson(value);
      const tag = Array.isArray(operation.tags) ? asText(operation.tags[0]) : '';
      const entry = {
        id: asText(operation.operationId),
        title: `${method.toUpperCase()} ${path}`,
        html: operationHtml(method, path, operation, server),
      };
      groups.set(tag, [...(groups.get(tag) ?? []), entry]);
    }
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const schemas = Object.entries(asJson(asJson(document.components).schemas));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(asText(info.title))} API reference</title><link rel="stylesheet" href="${styleSheet}"></head><body>
<nav aria-label="Operations"><h1>${escapeHtml(asText(info.title))} API</h1><p><a href="openapi.json">OpenAPI document</a></p>
${sorted.map(([tag, entries]) => `<h2>${escapeHtml(tag)}</h2><ul>${entries.map(({ id, title }) => `<li><a href="#${escapeHtml(id)}">${escapeHtml(title)}</a></li>`).join('')}</ul>`).join('')}
<h2>Schemas</h2><ul>${schemas.map(([name]) => `<li><a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a></li>`).join('')}</ul></nav>
<main><p>${prose(asText(info.description))}</p>
${sorted.map(([tag, entries]) => `<h2>${escapeHtml(tag)}</h2>${entries.map(({ html }) => html).join('')}`).join('')}
<h2>Schemas</h2>${schemas.map(([name, schema]) => `<section id="schema-${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${schemaHtml(asJson(schema))}</section>`).join('')}
</main></body></html>`;
}
