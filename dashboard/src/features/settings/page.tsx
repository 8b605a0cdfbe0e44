import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download, Upload } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { BASE } from "../../api/base";
import { call } from "../../api/client";
import { useLanguage } from "../../i18n";
import { number } from "../../lib/format";
import { useFleet } from "../../live/fleet";
import { Problem } from "../../ui/problem";
import { About } from "./about";
import { w as about } from "./about-words";
import { type GroupKey, pace } from "./fields";
import { GroupForm } from "./group-form";
import { w } from "./words";

const SECTIONS = ["health_check", "circuit_breaker", "retention", "limits", "blindness", "files"] as const;

/** What can be changed while the monitor runs, with what each costs; definitions in and out; how it does. */
export function SettingsPage() {
  const language = useLanguage();
  const fleet = useFleet();
  const checksAnHour = useMemo(
    () => Math.round(pace(Object.values(fleet.data?.byName ?? {}))),
    [fleet.data?.byName],
  );
  const groups = useQuery({
    queryKey: ["config"],
    queryFn: ({ signal }) => call("listConfig", { signal }),
  });
  const form = (key: GroupKey) => (
    <GroupForm
      key={key}
      group={key}
      known={groups.data?.groups.find((each) => each.key === key)}
      checksAnHour={checksAnHour}
    />
  );
  return (
    <div className="mx-auto grid max-w-5xl items-start gap-x-8 gap-y-4 lg:grid-cols-[11rem_minmax(0,1fr)]">
      <h1 className="text-xl leading-8 font-semibold tracking-tight lg:col-span-2">{w("title")}</h1>
      {groups.error && !groups.data ? (
        <div className="lg:col-span-2">
          <Problem error={groups.error} onAgain={() => void groups.refetch()} />
        </div>
      ) : null}
      <nav aria-label={w("nav")} className="-mx-4 overflow-x-auto px-4 lg:sticky lg:top-18 lg:mx-0 lg:px-0">
        <ul className="flex gap-1 lg:flex-col">
          {SECTIONS.map((each) => (
            <li key={each}>
              <Jump to={each}>{w(`group.${each}`)}</Jump>
            </li>
          ))}
          <li>
            <Jump to="about">{about("about.title")}</Jump>
          </li>
        </ul>
      </nav>
      <div className="flex min-w-0 flex-col gap-4">
        <Section id="health_check" title={w("group.health_check")} text={w("group.health_check_text")}>
          {checksAnHour > 0 ? (
            <p className="num stale-able mb-2 rounded-lg bg-sunken px-3 py-2 text-sm">
              {w("pace", { checks: number(checksAnHour, language) })}
            </p>
          ) : null}
          {form("health_check")}
          <div className="border-t border-line">{form("capabilities")}</div>
        </Section>
        <Section
          id="circuit_breaker"
          title={w("group.circuit_breaker")}
          text={w("group.circuit_breaker_text")}
        >
          {form("circuit_breaker")}
        </Section>
        <Section id="retention" title={w("group.retention")} text={w("group.retention_text")}>
          {form("retention")}
        </Section>
        <Section id="limits" title={w("group.limits")} text={w("group.limits_text")}>
          {form("limits")}
        </Section>
        <Section id="blindness" title={w("group.blindness")} text={w("group.blindness_text")}>
          {form("blindness")}
        </Section>
        <Section id="files" title={w("group.files")}>
          <File title={w("import.title")} text={w("import.text")}>
            <Link to="/add" search={{ what: "file" }} className={BUTTON}>
              <Upload size={15} aria-hidden="true" />
              {w("import.do")}
            </Link>
          </File>
          <File title={w("export.title")} text={w("export.text")}>
            <a href={new URL("api/v1/export", BASE).href} download="pharos.yaml" className={BUTTON}>
              <Download size={15} aria-hidden="true" />
              {w("export.do")}
            </a>
          </File>
        </Section>
        <Section id="about" title={about("about.title")}>
          <About />
        </Section>
      </div>
    </div>
  );
}

const BUTTON =
  "inline-flex h-8.5 shrink-0 items-center gap-1.5 rounded-lg border border-line-strong bg-surface px-3.5 text-sm font-medium whitespace-nowrap hover:bg-hover coarse:h-10";

/** Goes to a section of this page; the address stays, since paths are the router's. */
function Jump({ to, children }: { to: string; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={() => {
        const section = document.getElementById(to);
        section?.scrollIntoView({ block: "start" });
        section?.focus({ preventScroll: true });
      }}
      className="flex h-8.5 w-full items-center rounded-lg px-2.5 text-left text-sm whitespace-nowrap text-muted hover:bg-sunken hover:text-text coarse:h-10"
    >
      {children}
    </button>
  );
}

function Section({
  id,
  title,
  text,
  children,
}: {
  id: string;
  title: string;
  text?: string;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      className="card scroll-mt-18 p-4 outline-none sm:p-5"
    >
      <h2 id={`${id}-title`} className="text-[1rem] font-semibold">
        {title}
      </h2>
      {text ? <p className="mt-0.5 mb-3 text-sm text-muted">{text}</p> : null}
      {children}
    </section>
  );
}

function File({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line py-3 first-of-type:border-t-0">
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="font-medium">{title}</h3>
        <p className="text-sm text-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}
