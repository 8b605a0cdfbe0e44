import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, request as plainRequest } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const JAR =
  process.env.PHAROS_JAR ?? fileURLToPath(new URL("../../server/target/pharos.jar", import.meta.url));
const JAVA = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java";

/** Ours, without what would configure the monitor: it refuses variables that it does not know. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("PHAROS_")),
);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The packaged monitor as a process, with a data folder of its own. */
export class Monitor {
  private child: ChildProcess | null = null;
  private readonly folder = mkdtempSync(join(tmpdir(), "pharos-e2e-"));
  readonly port: number;
  private readonly variables: Record<string, string>;
  private readonly options: readonly string[];

  private constructor(port: number, variables: Record<string, string>, options: readonly string[]) {
    this.port = port;
    this.variables = variables;
    this.options = options;
    // Its own copy: a build meanwhile does not pull the classes away under it.
    copyFileSync(JAR, join(this.folder, "pharos.jar"));
  }

  /**
   * Starts one on a port and a data folder of its own.
   *
   * @param variables what else configures it, such as PHAROS_ADMIN_PASSWORD
   * @param options more words of its command line, such as --demo
   */
  static async start(
    variables: Record<string, string> = {},
    options: readonly string[] = [],
  ): Promise<Monitor> {
    const monitor = new Monitor(await freePort(), variables, options);
    await monitor.run();
    return monitor;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async run(): Promise<void> {
    const jar = join(this.folder, "pharos.jar");
    const data = join(this.folder, "data");
    this.child = spawn(
      JAVA,
      [
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED",
        "-jar",
        jar,
        "up",
        "--port",
        `${this.port}`,
        "--data",
        data,
        ...this.options,
      ],
      { stdio: ["ignore", "ignore", "inherit"], env: { ...ENVIRONMENT, ...this.variables } },
    );
    await this.ready();
  }

  private async ready(): Promise<void> {
    const end = Date.now() + 120_000;
    for (;;) {
      const answer = await fetch(`${this.url}health/live`).catch(() => null);
      if (answer?.ok) return;
      if (Date.now() > end || this.child?.exitCode != null) throw new Error("the monitor did not start");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async call(method: string, path: string, body?: string): Promise<unknown> {
    const answer = await fetch(`${this.url}api/v1/${path}`, {
      method,
      ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** As with kill -9. */
  async kill(): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A reverse proxy that serves a monitor under a prefix, as people do. Returns the address with the prefix. */
export async function behindPrefix(monitor: Monitor, prefix: string) {
  const sockets = new Set<Socket>();
  const own = (headers: NodeJS.Dict<string | string[]>) => ({
    ...headers,
    host: `127.0.0.1:${monitor.port}`,
    ...(headers.origin ? { origin: `http://127.0.0.1:${monitor.port}` } : {}),
  });
  const server = createServer((request, response) => {
    if (!request.url?.startsWith(`${prefix}/`)) return void response.writeHead(404).end();
    const options = {
      port: monitor.port,
      path: request.url.slice(prefix.length),
      method: request.method,
      headers: own(request.headers),
    };
    const further = plainRequest({ host: "127.0.0.1", ...options }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    further.on("error", () => response.destroy());
    request.pipe(further);
  });
  server.on("connection", (socket) => sockets.add(socket));
  server.on("upgrade", (request, socket, head) => {
    const further = connect(monitor.port, "127.0.0.1", () => {
      const lines = Object.entries(own(request.headers)).map(([name, value]) => `${name}: ${value}`);
      further.write(`GET ${request.url?.slice(prefix.length)} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      further.write(head);
      further.pipe(socket).pipe(further);
    });
    further.on("error", () => socket.destroy());
    socket.on("error", () => further.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}/`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
