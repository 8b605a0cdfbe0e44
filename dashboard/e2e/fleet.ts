import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Mode = "well" | "slow" | "wants-token";

interface Tool {
  name: string;
  description: string;
  inputSchema: object;
  annotations?: object;
}

const tool = (name: string): Tool => ({
  name,
  description: `Tool ${name}.`,
  inputSchema: { type: "object" },
});

/** One that takes an argument and is not marked read-only: it is asked about before it is called. */
export const ECHO: Tool = {
  name: "echo",
  description: "Says what it is told.",
  inputSchema: {
    type: "object",
    properties: {
      text: { type: "string", description: "What to say." },
      times: { type: "integer", description: "How often to say it." },
    },
    required: ["text", "times"],
  },
};

interface Message {
  id?: number;
  method: string;
  params?: { arguments?: { text?: string; times?: number } };
}

/** A real MCP server over Streamable HTTP, with sessions and a held stream, that can be killed and come back. */
export class ToyServer {
  mode: Mode = "well";
  tools: Tool[] = [tool("look"), tool("find")];
  private server: Server | null = null;
  private port = 0;

  async start(): Promise<this> {
    const server = createServer((request, response) => void this.answer(request, response));
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/mcp`;
  }

  /** Ends it as a crash does: every connection with it. */
  kill(): void {
    this.server?.closeAllConnections();
    this.server?.close();
    this.server = null;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== "/mcp") return void response.writeHead(404).end();
    if (this.mode === "wants-token" && request.headers.authorization !== "Bearer sesame") {
      return void response.writeHead(401, { "www-authenticate": 'Bearer realm="toy"' }).end();
    }
    if (request.method === "GET") {
      // Held open: its end is how a watcher learns of our death at once.
      response.writeHead(200, { "content-type": "text/event-stream" });
      return void response.write(": here\n\n");
    }
    if (request.method !== "POST") return void response.writeHead(200).end();
    let body = "";
    for await (const part of request) body += part;
    const message = JSON.parse(body) as Message;
    if (message.id === undefined) return void response.writeHead(202).end();
    const result = this.result(message);
    const answer = result
      ? { jsonrpc: "2.0", id: message.id, result }
      : { jsonrpc: "2.0", id: message.id, error: { code: -32601, message: "Method not found" } };
    if (this.mode === "slow") await new Promise((resolve) => setTimeout(resolve, 1_000));
    response.writeHead(200, { "content-type": "application/json", "mcp-session-id": "toy" });
    response.end(JSON.stringify(answer));
  }

  private result(message: Message): unknown {
    switch (message.method) {
      case "initialize":
        return {
          protocolVersion: "2025-11-25",
          capabilities: { tools: { listChanged: true } },
          serverInfo: { name: "toy", version: "1.0" },
        };
      case "tools/list":
        return { tools: this.tools };
      case "tools/call": {
        const { text = "", times = 1 } = message.params?.arguments ?? {};
        return { content: [{ type: "text", text: Array(times).fill(text).join(" ") }] };
      }
      case "ping":
        return {};
      default:
        return null;
    }
  }
}

export async function fleet(names: readonly string[]): Promise<Map<string, ToyServer>> {
  return new Map(
    await Promise.all(names.map(async (name) => [name, await new ToyServer().start()] as const)),
  );
}

/** The configuration of an MCP client with all of them. */
export const clientConfig = (servers: ReadonlyMap<string, ToyServer>): string =>
  JSON.stringify({
    mcpServers: Object.fromEntries([...servers].map(([name, server]) => [name, { url: server.url }])),
  });
