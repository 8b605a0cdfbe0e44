import { getRouteApi } from "@tanstack/react-router";
import { FileJson2, Upload } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { ImportPanel } from "./import-panel";
import { type Input, readInput } from "./input";
import { NewServer } from "./new-server";

const route = getRouteApi("/add");

/** One field first: an address, a command, or a pasted configuration. */
export function AddPage() {
  const search = route.useSearch() as { what?: "file" };
  const [text, setText] = useState("");
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const input = readInput(text);

  const take = async (file: File | undefined) => {
    if (file) setText(await file.text());
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file here is a shortcut; the button does the same
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className="mx-auto flex max-w-3xl flex-col gap-5"
    >
      <h1 className="text-xl leading-8 font-semibold tracking-tight">{t("add.title")}</h1>
      <section className={`card flex flex-col gap-3 p-4 sm:p-5 ${over ? "outline-2 outline-accent" : ""}`}>
        <label htmlFor="what" className="font-medium">
          {search.what === "file" ? t("add.label_file") : t("add.label")}
        </label>
        <textarea
          id="what"
          // biome-ignore lint/a11y/noAutofocus: the one field of this page
          autoFocus
          spellCheck={false}
          autoCapitalize="off"
          rows={input.kind === "file" || search.what === "file" ? 8 : 1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={search.what === "file" ? '{ "mcpServers": { … } }' : "https://example.com/mcp"}
          className={`field min-h-10 font-mono text-sm leading-6 ${input.kind === "file" || search.what === "file" ? "resize-y" : "resize-none"}`}
        />
        <div className="flex flex-wrap items-center justify-between gap-2 text-sm text-muted">
          <span>{hint(input)}</span>
          <Button small onClick={() => picker.current?.click()}>
            <Upload size={14} aria-hidden="true" />
            {t("add.file")}
          </Button>
          <input
            ref={picker}
            type="file"
            accept=".json,.yaml,.yml,.jsonc,application/json"
            className="sr-only"
            tabIndex={-1}
            aria-hidden="true"
            onChange={(event) => void take(event.target.files?.[0])}
          />
        </div>
      </section>
      {input.kind === "url" || input.kind === "command" ? <NewServer input={input} /> : null}
      {input.kind === "file" ? <ImportPanel text={input.text} type={input.type} /> : null}
      {input.kind === "empty" ? <Examples onTake={setText} /> : null}
    </div>
  );
}

function hint(input: Input): string {
  switch (input.kind) {
    case "empty":
      return t("add.hint");
    case "url":
      return t("add.is_url");
    case "command":
      return t("add.is_command");
    case "file":
      return t("add.is_file");
  }
}

const EXAMPLES = [
  "https://example.com/mcp",
  "npx -y @modelcontextprotocol/server-everything",
  '{ "mcpServers": { } }',
];

function Examples({ onTake }: { onTake: (text: string) => void }) {
  return (
    <section className="flex flex-col gap-2 text-sm text-muted">
      <h2>{t("add.examples")}</h2>
      <ul className="flex flex-wrap gap-2">
        {EXAMPLES.map((each) => (
          <li key={each} className="max-w-full">
            <button
              type="button"
              onClick={() => onTake(each)}
              className="inline-flex max-w-full items-center gap-2 rounded-lg border border-line px-2.5 py-1.5 font-mono text-xs hover:border-line-strong hover:text-text"
            >
              {each.startsWith("{") ? <FileJson2 size={13} aria-hidden="true" /> : null}
              <span className="truncate">{each}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
