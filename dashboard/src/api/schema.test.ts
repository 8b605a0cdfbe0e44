import { expect, test } from "vitest";
// @ts-expect-error a plain script without types
import { generate, source, target } from "../../scripts/api-types.mjs";

test("the types say what docs/openapi.yaml says (npm run types writes them)", () => {
  expect(target()).toBe(generate(source()));
});
