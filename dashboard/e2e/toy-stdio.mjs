// An MCP server over stdio, for the form of local servers. Answers one JSON message a line.
import { createInterface } from "node:readline";

const TOOLS = [
  { name: process.env.TOY_TOOL ?? "look", description: "Looks.", inputSchema: { type: "object" } },
];

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method } = JSON.parse(line);
  if (id === undefined) continue;
  const result = {
    initialize: {
      protocolVersion: "2025-11-25",
      capabilities: { tools: {} },
      serverInfo: { name: "toy-stdio", version: "1.0" },
    },
    "tools/list": { tools: TOOLS },
    ping: {},
  }[method];
  const answer = result ? { result } : { error: { code: -32601, message: "Method not found" } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, ...answer })}\n`);
}
