// Writes src/api/schema.ts from docs/openapi.yaml. `npm run types` writes it; a unit test compares.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";

const SOURCE = new URL("../../docs/openapi.yaml", import.meta.url);
const TARGET = new URL("../src/api/schema.ts", import.meta.url);
const METHODS = ["get", "post", "put", "patch", "delete"];

const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const last = (ref) => ref.split("/").at(-1);

function objectType(schema, indent) {
  const required = new Set(schema.required ?? []);
  const pad = `${indent}  `;
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) =>
      `${comment(field, pad)}${pad}${key(name)}${required.has(name) ? "" : "?"}: ${type(field, pad)};\n`,
  );
  if (fields.length > 0) return `{\n${fields.join("")}${indent}}`;
  const rest = schema.additionalProperties;
  return `Record<string, ${rest && typeof rest === "object" ? type(rest, indent) : "unknown"}>`;
}

function plain(name, schema, indent) {
  switch (name) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      if (schema.prefixItems) return `[${schema.prefixItems.map((item) => type(item, indent)).join(", ")}]`;
      return `Array<${type(schema.items ?? {}, indent)}>`;
    case "object":
      return objectType(schema, indent);
    default:
      throw new Error(`no type for ${name}`);
  }
}

/** A JSON Schema as a TypeScript type. */
export function type(schema, indent = "") {
  if (schema.$ref) return last(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.oneOf) return schema.oneOf.map((each) => type(each, indent)).join(" | ");
  if (schema.type === undefined) return "unknown";
  return [schema.type]
    .flat()
    .map((name) => plain(name, schema, indent))
    .join(" | ");
}

function comment(schema, indent) {
  const text = schema.description?.trim().replaceAll("*/", "* /");
  return text ? `${indent}/** ${text.replaceAll("\n", `\n${indent} * `)} */\n` : "";
}

function resolve(api, value) {
  return value.$ref
    ? value.$ref
        .split("/")
        .slice(1)
        .reduce((at, part) => at[part], api)
    : value;
}

function body(api, operation) {
  const content = operation.requestBody && resolve(api, operation.requestBody).content;
  if (!content) return "never";
  return [...new Set(Object.values(content).map((each) => type(each.schema, "    ")))].join(" | ");
}

function answer(api, operation) {
  const good = Object.entries(operation.responses).filter(([status]) => /^2/.test(status));
  const types = good.map(([, response]) => {
    const content = resolve(api, response).content;
    return content ? type(Object.values(content)[0].schema, "    ") : "void";
  });
  return [...new Set(types)].join(" | ") || "void";
}

function parameters(list, place) {
  const fields = list
    .filter((each) => each.in === place)
    .map((each) => `${key(each.name)}${each.required ? "" : "?"}: ${type(each.schema, "    ")}`);
  return fields.length === 0 ? "Record<never, never>" : `{ ${fields.join("; ")} }`;
}

function operations(api) {
  const found = [];
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((each) => item[each] && !item[each].deprecated)) {
      const operation = item[method];
      const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((each) =>
        resolve(api, each),
      );
      found.push({ id: operation.operationId, method: method.toUpperCase(), path, operation, all });
    }
  }
  return found;
}

/** The whole file for an OpenAPI description. */
export function generate(yaml) {
  const api = parse(yaml);
  const out = ["// Written by scripts/api-types.mjs from docs/openapi.yaml. Do not edit.\n"];
  for (const [name, schema] of Object.entries(api.components.schemas)) {
    out.push(`${comment(schema, "")}export type ${name} = ${type(schema)};\n`);
  }
  const list = operations(api);
  out.push(
    `export interface Operations {\n${list
      .map(
        ({ id, operation, all }) =>
          `  /** ${operation.summary} */\n  ${id}: {\n    path: ${parameters(all, "path")};\n    query: ${parameters(all, "query")};\n` +
          `    body: ${body(api, operation)};\n    answer: ${answer(api, operation)};\n  };\n`,
      )
      .join("")}}\n`,
  );
  out.push(
    `export const ROUTES: Record<keyof Operations, readonly [string, string]> = {\n${list
      .map(({ id, method, path }) => `  ${id}: [${JSON.stringify(method)}, ${JSON.stringify(path)}],\n`)
      .join("")}};\n`,
  );
  return out.join("\n");
}

export const source = () => readFileSync(SOURCE, "utf8");
export const target = () => readFileSync(TARGET, "utf8");

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(TARGET, generate(source()));
}
