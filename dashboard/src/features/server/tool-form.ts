/** A form made from the input schema of a tool; pure. */

export type FieldKind = "text" | "long" | "number" | "integer" | "boolean" | "choice" | "json";

export interface ToolField {
  name: string;
  title: string;
  kind: FieldKind;
  required: boolean;
  description: string;
  /** As it stands in the form at first. */
  initial: string;
  choices: string[];
  /** What the choices stand for. */
  values: unknown[];
}

type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const written = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** The fields, in the order of the schema; null when it describes no object with known properties. */
export function fieldsOf(schema: unknown): ToolField[] | null {
  if (!isJson(schema)) return [];
  const properties = schema.properties;
  if (!isJson(properties)) return schema.additionalProperties === true || "anyOf" in schema ? null : [];
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(properties).map(([name, raw]) =>
    fieldOf(name, isJson(raw) ? raw : {}, required.has(name)),
  );
}

function fieldOf(name: string, schema: Json, required: boolean): ToolField {
  const values = choicesOf(schema);
  const kind = values.length > 0 ? "choice" : kindOf(schema);
  return {
    name,
    title: text(schema.title) || name,
    kind,
    required,
    description: text(schema.description),
    initial: written("default" in schema ? schema.default : required ? schema.const : undefined),
    choices: values.map(written),
    values,
  };
}

function choicesOf(schema: Json): unknown[] {
  if (Array.isArray(schema.enum)) return schema.enum;
  const consts = (Array.isArray(schema.oneOf) ? schema.oneOf : []).map((each) =>
    isJson(each) ? each.const : undefined,
  );
  return consts.length > 0 && consts.every((each) => each !== undefined) ? consts : [];
}

function kindOf(schema: Json): FieldKind {
  switch (typeOf(schema)) {
    case "string":
      return Number(schema.maxLength) > 200 || schema.format === "textarea" ? "long" : "text";
    case "number":
      return "number";
    case "integer":
      return "integer";
    case "boolean":
      return "boolean";
    default:
      return "json";
  }
}

/** The type; of several, the one beside `null`. */
function typeOf(schema: Json): string {
  if (typeof schema.type === "string") return schema.type;
  const types = (Array.isArray(schema.type) ? schema.type : []).filter((each) => each !== "null");
  if (types.length === 1) return String(types[0]);
  const any = (Array.isArray(schema.anyOf) ? schema.anyOf : []).filter(
    (each): each is Json => isJson(each) && each.type !== "null",
  );
  return any.length === 1 && any[0] ? typeOf(any[0]) : "";
}

export type FieldError = "missing" | "not_a_number" | "not_an_integer" | "not_json";

/** What is sent, and what cannot be: empty fields that are not required are left out. */
export function argumentsOf(
  fields: readonly ToolField[],
  values: Readonly<Record<string, string>>,
): { arguments: Json; errors: Record<string, FieldError> } {
  const args: Json = {};
  const errors: Record<string, FieldError> = {};
  for (const field of fields) {
    const value = values[field.name] ?? "";
    if (value === "" && (field.kind !== "text" || !field.required)) {
      if (field.required) errors[field.name] = "missing";
      continue;
    }
    const read = readValue(field, value);
    if ("error" in read) errors[field.name] = read.error;
    else args[field.name] = read.value;
  }
  return { arguments: args, errors };
}

function readValue(field: ToolField, value: string): { value: unknown } | { error: FieldError } {
  switch (field.kind) {
    case "text":
    case "long":
      return { value };
    case "choice":
      return { value: field.values[field.choices.indexOf(value)] ?? value };
    case "boolean":
      return { value: value === "true" };
    case "number":
    case "integer": {
      const number = Number(value);
      if (!Number.isFinite(number)) return { error: "not_a_number" };
      if (field.kind === "integer" && !Number.isInteger(number)) return { error: "not_an_integer" };
      return { value: number };
    }
    case "json":
      try {
        return { value: JSON.parse(value) };
      } catch {
        return { error: "not_json" };
      }
  }
}

export interface SchemaRow {
  /** With dots for what lies inside: `filter.city`. */
  name: string;
  type: string;
  required: boolean;
  description: string;
  initial: string;
}

const DEEPEST = 3;

/** A schema as rows to read. */
export function schemaRows(schema: unknown, prefix = "", depth = 0): SchemaRow[] {
  if (!isJson(schema) || !isJson(schema.properties)) return [];
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(schema.properties).flatMap(([key, raw]) => {
    const field = isJson(raw) ? raw : {};
    const name = `${prefix}${key}`;
    const inner = isJson(field.items) ? { schema: field.items, mark: "[]." } : { schema: field, mark: "." };
    const below = depth < DEEPEST ? schemaRows(inner.schema, `${name}${inner.mark}`, depth + 1) : [];
    const row: SchemaRow = {
      name,
      type: typeText(field),
      required: required.has(key),
      description: text(field.description),
      initial: written(field.default),
    };
    return [row, ...below];
  });
}

/** A type in short: `"harbour" | "hill"`, `integer 1…5`, `string[]`. */
export function typeText(schema: Json): string {
  const choices = choicesOf(schema);
  if (choices.length > 0) return choices.map((each) => JSON.stringify(each)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  const type = typeOf(schema) || (Array.isArray(schema.type) ? schema.type.join(" | ") : "any");
  if (type === "array") return `${isJson(schema.items) ? typeText(schema.items) : "any"}[]`;
  const [low, high] = [schema.minimum, schema.maximum];
  const bounds = low !== undefined || high !== undefined ? ` ${low ?? ""}…${high ?? ""}` : "";
  return `${type}${text(schema.format) ? ` (${text(schema.format)})` : ""}${bounds}`;
}
