import { useNavigate, useParams } from "@tanstack/react-router";
import { t } from "../../i18n";
import { moodOf, useFleet } from "../../live/fleet";
import { HealthLabel } from "../../ui/health";
import { Problem } from "../../ui/problem";
import { Lasting } from "../../ui/time";

/** Placeholder: name, health and cause only; the page itself is still to be built. */
export function ServerPage() {
  const { name } = useParams({ from: "/servers/$name" });
  const navigate = useNavigate();
  const fleet = useFleet();
  const server = fleet.data?.byName[name];
  if (fleet.data && !server)
    return (
      <Problem error={new Error(t("server.none", { name }))} onAgain={() => void navigate({ to: "/" })} />
    );
  if (!server) return null;
  return (
    <div className="stale-able flex flex-col gap-2">
      <h1 className="text-xl leading-8 font-semibold tracking-tight">{server.name}</h1>
      <p className="flex items-center gap-2">
        <HealthLabel mood={moodOf(server)} />
        <span className="num text-muted">
          <Lasting since={server.health_since} />
        </span>
      </p>
      {server.reason ? <p>{server.reason.message}</p> : null}
    </div>
  );
}
