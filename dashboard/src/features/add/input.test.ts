import { expect, test } from "vitest";
import { proposeName, readInput, splitCommand } from "./input";

test.each([
  ["https://weather.example/mcp", "https://weather.example/mcp"],
  ["weather.example/mcp", "https://weather.example/mcp"],
  ["localhost:3000", "http://localhost:3000"],
  ["127.0.0.1:9/mcp", "http://127.0.0.1:9/mcp"],
  ["tools:8080/mcp", "http://tools:8080/mcp"],
])("%s is the address %s", (text, url) => {
  expect(readInput(` ${text}\n`)).toEqual({ kind: "url", definition: { url } });
});

test("what is no address is a command with its arguments", () => {
  expect(readInput('npx -y "@scope/files server" --root /data')).toEqual({
    kind: "command",
    definition: { protocol: "stdio", command: "npx", args: ["-y", "@scope/files server", "--root", "/data"] },
  });
});

test("pasted JSON and YAML are files", () => {
  expect(readInput('{"mcpServers": {}}')).toMatchObject({ kind: "file", type: "application/json" });
  expect(readInput("servers:\n  - name: a\n")).toMatchObject({ kind: "file", type: "application/yaml" });
  expect(readInput("  \n")).toEqual({ kind: "empty" });
});

test("quotes and backslashes hold words together", () => {
  expect(splitCommand(`a 'b c' "d \\" e" f\\ g ''`)).toEqual(["a", "b c", 'd " e', "f g", ""]);
});

const name = (text: string, says?: string, taken: string[] = []) =>
  proposeName(readInput(text), says, new Set(taken));

test.each([
  ["https://mcp.weather.example/mcp", undefined, "weather"],
  ["https://tools.example.com/v1/search", undefined, "tools-v1"],
  ["http://127.0.0.1:3000/mcp", undefined, "local-3000"],
  ["npx -y @scope/server-files@1.2.3 /data", undefined, "server-files"],
  ["/opt/tools/search.py --fast", undefined, "search"],
  ["https://x.example/mcp", "Weather Service!", "weather-service"],
])("%s (%s) is proposed as %s", (text, says, proposed) => {
  expect(name(text, says)).toBe(proposed);
});

test("a name that is taken gets a number", () => {
  expect(name("https://weather.example/mcp", undefined, ["weather", "weather-2"])).toBe("weather-3");
});
