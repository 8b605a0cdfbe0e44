import clsx from "clsx";
import { Columns3, LayoutGrid, Rows3, Rows4, Table2, X } from "lucide-react";
import { useMemo } from "react";
import type { Server } from "../../api/schema";
import { t, tn } from "../../i18n";
import { useStore } from "../../lib/store";
import { Button } from "../../ui/button";
import { Menu, MenuCheck, MenuLabel } from "../../ui/menu";
import { transportName } from "./cells";
import { moodsOf, type ServersSearch, transportOf, type UptimeWindow } from "./filter";
import { COLUMNS, preferences, showColumn } from "./preferences";

type Change = (change: Partial<Record<keyof ServersSearch, string | undefined>>) => void;

export function Toolbar({
  search,
  servers,
  shown,
  narrow,
  onChange,
}: {
  search: ServersSearch;
  servers: readonly Server[];
  shown: number;
  narrow: boolean;
  onChange: Change;
}) {
  const tags = useMemo(() => [...new Set(servers.flatMap((each) => each.tags))].sort(), [servers]);
  const transports = useMemo(() => [...new Set(servers.map(transportOf))].sort(), [servers]);
  const filtered = Boolean(search.q || search.health || search.tag || search.transport);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="num mr-auto flex min-h-8 flex-wrap items-center gap-1.5 text-sm text-muted" role="status">
        {filtered ? t("filter.shown", { shown, total: servers.length }) : tn("filter.all", servers.length)}
        <Chips search={search} onChange={onChange} />
      </p>
      {transports.length > 1 && !narrow ? (
        <Choice
          label={t("column.transport")}
          value={search.transport ?? ""}
          options={transports.map((each) => [each, transportName(each)])}
          onChange={(transport) => onChange({ transport })}
        />
      ) : null}
      {tags.length > 0 ? (
        <Choice
          label={t("filter.tag")}
          value={search.tag ?? ""}
          options={tags.map((each) => [each, each])}
          onChange={(tag) => onChange({ tag })}
        />
      ) : null}
      <WindowSwitch
        value={search.window ?? "24h"}
        onChange={(window) => onChange({ window: window === "24h" ? undefined : window })}
      />
      {narrow ? null : <LookSwitches tiles={search.view === "tiles"} onChange={onChange} />}
    </div>
  );
}

function Chips({ search, onChange }: { search: ServersSearch; onChange: Change }) {
  const chips: Array<[string, Parameters<Change>[0]]> = [];
  if (search.q) chips.push([`“${search.q}”`, { q: undefined }]);
  for (const mood of moodsOf(search.health)) {
    const rest = moodsOf(search.health).filter((each) => each !== mood);
    chips.push([t(`mood.${mood}`), { health: rest.join(",") || undefined }]);
  }
  if (search.tag) chips.push([search.tag, { tag: undefined }]);
  if (search.transport) chips.push([transportName(search.transport), { transport: undefined }]);
  return chips.map(([label, change]) => (
    <button
      key={label}
      type="button"
      onClick={() => onChange(change)}
      aria-label={t("filter.remove", { label })}
      className="inline-flex h-6 items-center gap-1 rounded-full bg-accent-soft pr-1.5 pl-2.5 text-xs text-accent hover:brightness-95 coarse:h-8"
    >
      <span className="max-w-40 truncate">{label}</span>
      <X size={12} aria-hidden="true" />
    </button>
  ));
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: Array<readonly [string, string]>;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value || undefined)}
      className="h-8 max-w-40 rounded-lg border border-line-strong bg-surface px-2 text-xs text-text coarse:h-10"
    >
      <option value="">{label}</option>
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

const WINDOWS: UptimeWindow[] = ["24h", "7d", "30d"];

function WindowSwitch({ value, onChange }: { value: UptimeWindow; onChange: (value: UptimeWindow) => void }) {
  return (
    <fieldset
      aria-label={t("column.uptime")}
      title={t("column.uptime")}
      className="flex rounded-lg bg-sunken p-0.5"
    >
      {WINDOWS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={value === each}
          onClick={() => onChange(each)}
          className={clsx(
            "num h-7 rounded-md px-2.5 text-xs coarse:h-9",
            value === each ? "bg-raised font-medium text-text shadow-sm" : "text-muted hover:text-text",
          )}
        >
          {t(`window.${each}`)}
        </button>
      ))}
    </fieldset>
  );
}

function LookSwitches({ tiles, onChange }: { tiles: boolean; onChange: Change }) {
  const { density, hidden } = useStore(preferences);
  const compact = density === "compact";
  return (
    <span className="flex items-center">
      {tiles ? null : (
        <>
          <Menu
            trigger={
              <button
                type="button"
                aria-label={t("look.columns")}
                title={t("look.columns")}
                className="grid size-8 place-items-center rounded-lg text-muted hover:bg-hover hover:text-text"
              >
                <Columns3 size={16} />
              </button>
            }
          >
            <MenuLabel>{t("look.columns")}</MenuLabel>
            {COLUMNS.map((id) => (
              <MenuCheck key={id} checked={!hidden.includes(id)} onChange={(shown) => showColumn(id, shown)}>
                {t(`column.${id}`)}
              </MenuCheck>
            ))}
          </Menu>
          <Button
            kind="ghost"
            small
            label={compact ? t("look.comfortable") : t("look.compact")}
            onClick={() =>
              preferences.update((now) => ({ ...now, density: compact ? "comfortable" : "compact" }))
            }
          >
            {compact ? <Rows3 size={16} /> : <Rows4 size={16} />}
          </Button>
        </>
      )}
      <Button
        kind="ghost"
        small
        label={tiles ? t("look.table") : t("look.tiles")}
        onClick={() => onChange({ view: tiles ? undefined : "tiles" })}
      >
        {tiles ? <Table2 size={16} /> : <LayoutGrid size={16} />}
      </Button>
    </span>
  );
}
