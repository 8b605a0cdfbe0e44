import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { EllipsisVertical, ExternalLink, Link2, Pause, Play, RotateCw, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Server } from "../../api/schema";
import { t } from "../../i18n";
import { useStore } from "../../lib/store";
import { checkServer, checks, deleteServer, setEnabled } from "../../live/commands";
import { useFreshness } from "../../live/fleet";
import { Button } from "../../ui/button";
import { Menu, MenuItem, MenuLine } from "../../ui/menu";

/** Why a server cannot be checked now; null when it can. */
export function whyNoCheck(server: Server, fresh: boolean): string | null {
  if (!fresh) return t("why.offline");
  if (server.status === "inactive") return t("why.inactive");
  return null;
}

export function ReloadButton({ server }: { server: Server }) {
  const client = useQueryClient();
  const { fresh } = useFreshness();
  const running = useStore(checks, (all) => all[server.name]?.state === "running");
  return (
    <Button
      kind="ghost"
      small
      label={t("action.reload_name", { name: server.name })}
      aria-busy={running}
      why={running ? t("why.running") : whyNoCheck(server, fresh)}
      onClick={() => void checkServer(client, server.name)}
    >
      <RotateCw size={15} className={running ? "animate-spin text-accent" : ""} />
    </Button>
  );
}

/** The menu of a row. It is made when it is first wanted: two hundred rows scroll by without. */
export function RowMenu({ server }: { server: Server }) {
  const [wanted, setWanted] = useState<"by_pointer" | "by_keys">();
  const trigger = (
    <button
      type="button"
      aria-label={t("action.more_name", { name: server.name })}
      aria-haspopup="menu"
      // A click of the keyboard counts no clicks.
      onClick={wanted ? undefined : (event) => setWanted(event.detail === 0 ? "by_keys" : "by_pointer")}
      className="grid size-7 place-items-center rounded-lg text-muted hover:bg-hover hover:text-text data-[state=open]:bg-sunken coarse:size-9"
    >
      <EllipsisVertical size={15} />
    </button>
  );
  return wanted ? <OpenRowMenu server={server} trigger={trigger} open={wanted} /> : trigger;
}

function OpenRowMenu({
  server,
  trigger,
  open,
}: {
  server: Server;
  trigger: ReactNode;
  open: "by_pointer" | "by_keys";
}) {
  const client = useQueryClient();
  const active = server.status === "active";
  return (
    <Menu open={open} trigger={trigger}>
      <MenuItem icon={<RotateCw size={15} />} hint="r" onSelect={() => void checkServer(client, server.name)}>
        {t("action.check_now")}
      </MenuItem>
      <MenuItem
        icon={<Link2 size={15} />}
        onSelect={() =>
          void navigator.clipboard?.writeText(
            new URL(`servers/${encodeURIComponent(server.name)}`, document.baseURI).href,
          )
        }
      >
        {t("action.copy_link")}
      </MenuItem>
      {server.url ? (
        <MenuItem
          icon={<ExternalLink size={15} />}
          onSelect={() => void navigator.clipboard?.writeText(server.url ?? "")}
        >
          {t("action.copy_address")}
        </MenuItem>
      ) : null}
      <MenuLine />
      <MenuItem
        icon={active ? <Pause size={15} /> : <Play size={15} />}
        onSelect={() => void setEnabled(client, server.name, !active)}
      >
        {active ? t("action.disable") : t("action.enable")}
      </MenuItem>
      {server.managed_by ? (
        <MenuItem icon={<Trash2 size={15} />} onSelect={() => {}}>
          <span className="text-faint">{t("why.managed", { file: server.managed_by })}</span>
        </MenuItem>
      ) : (
        <MenuItem danger icon={<Trash2 size={15} />} onSelect={() => deleteServer(client, server.name)}>
          {t("action.delete")}
        </MenuItem>
      )}
    </Menu>
  );
}

export function NameLink({ server, className }: { server: Server; className?: string }) {
  return (
    <Link to="/servers/$name" params={{ name: server.name }} className={className} data-row-link>
      {server.name}
    </Link>
  );
}
