import { expect, test } from "vitest";
import { argumentsOf, fieldsOf, schemaRows } from "./tool-form";

const schema = {
  type: "object",
  properties: {
    city: { type: "string", description: "Which" },
    days: { type: "integer", default: 3, minimum: 1, maximum: 5 },
    unit: { enum: ["c", "f", 1] },
    exact: { type: ["boolean", "null"] },
    where: { type: "object", properties: { lat: { type: "number" } }, required: ["lat"] },
  },
  required: ["city", "where"],
};
const fields = fieldsOf(schema) ?? [];

test("each property becomes a field of its kind", () => {
  expect(fields.map((each) => [each.name, each.kind, each.required, each.initial])).toEqual([
    ["city", "text", true, ""],
    ["days", "integer", false, "3"],
    ["unit", "choice", false, ""],
    ["exact", "boolean", false, ""],
    ["where", "json", true, ""],
  ]);
});

test("a tool without properties needs no fields; one that takes anything has no form", () => {
  expect(fieldsOf({ type: "object" })).toEqual([]);
  expect(fieldsOf({ type: "object", additionalProperties: true })).toBeNull();
});

test("values get the type of the schema, and empty ones are left out", () => {
  const { arguments: args, errors } = argumentsOf(fields, {
    city: "Oslo",
    days: "2",
    unit: "1",
    exact: "false",
    where: '{"lat":1}',
  });
  expect(args).toEqual({ city: "Oslo", days: 2, unit: 1, exact: false, where: { lat: 1 } });
  expect(errors).toEqual({});
  expect(argumentsOf(fields, { city: "", where: "{}" }).arguments).toEqual({ city: "", where: {} });
});

test("what cannot be sent is named", () => {
  expect(argumentsOf(fields, { city: "Oslo", days: "2.5", where: "{" }).errors).toEqual({
    days: "not_an_integer",
    where: "not_json",
  });
  expect(argumentsOf(fields, { city: "Oslo", days: "x" }).errors).toEqual({
    days: "not_a_number",
    where: "missing",
  });
});

test("a schema is told in rows, with what lies inside", () => {
  expect(schemaRows(schema).map((each) => [each.name, each.type])).toEqual([
    ["city", "string"],
    ["days", "integer 1…5"],
    ["unit", '"c" | "f" | 1'],
    ["exact", "boolean"],
    ["where", "object"],
    ["where.lat", "number"],
  ]);
});
