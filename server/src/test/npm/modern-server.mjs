// A small server of the stateless revision for the tests: `node modern-server.mjs http-modern|http-dual|stdio-dual`.
// Over HTTP it takes the port of PORT (default: a free one) on loopback and prints its URL as the first line of stdout.
// SIGUSR2, and the tool `grow`, add one more tool and announce that the list changed.
import { createServer } from "node:http";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";

const mode = process.argv[2];
const growing = new Set(); // called with the number of the new tool
let grown = 0;

function grow() {
  grown += 1;
  for (const listener of growing) {
    listener(grown);
  }
}
process.on("SIGUSR2", grow);

function text(value) {
  return { content: [{ type: "text", text: value }] };
}

function addGrown(server, number) {
  server.registerTool(`grown-${number}`, { description: "Came later." }, () => text("here"));
}

function build() {
  const server = new McpServer(
    { name: "modern-test-server", title: "Modern", version: "1.2.3" },
    { instructions: "For tests only." },
  );
  server.registerTool(
    "echo",
    { description: "Says it again.", inputSchema: z.object({ message: z.string() }) },
    ({ message }) => text(message),
  );
  server.registerTool("grow", { description: "Adds a tool." }, () => {
    grow();
    return text(`${grown}`);
  });
  server.registerPrompt(
    "greet",
    { description: "Greets somebody.", argsSchema: z.object({ name: z.string() }) },
    ({ name }) => ({ messages: [{ role: "user", content: { type: "text", text: `Greet ${name}.` } }] }),
  );
  for (let number = 1; number <= grown; number += 1) {
    addGrown(server, number);
  }
  return server;
}

if (mode === "stdio-dual") {
  serveStdio(() => {
    const server = build();
    growing.add((number) => addGrown(server, number));
    return server;
  });
} else {
  const handler = createMcpHandler(build, { legacy: mode === "http-modern" ? "reject" : "stateless" });
  growing.add(() => handler.notify.toolsChanged());
  const http = createServer(toNodeHandler(handler));
  http.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
    console.log(`http://127.0.0.1:${http.address().port}/mcp`);
  });
}
