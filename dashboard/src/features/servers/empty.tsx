import { Link } from "@tanstack/react-router";
import { FileJson2, Link2, SquareTerminal } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "../../i18n";
import { Logo } from "../../ui/logo";

/** Nothing is watched yet: three ways in. */
export function Empty() {
  return (
    <section className="mx-auto flex max-w-3xl flex-col items-center gap-8 py-12 text-center sm:py-20">
      <Logo size={56} />
      <div className="flex flex-col gap-2">
        <h1 className="text-2xl font-semibold tracking-tight">{t("empty.title")}</h1>
        <p className="text-muted">{t("empty.text")}</p>
      </div>
      <ul className="grid w-full gap-3 text-left sm:grid-cols-3">
        <Way icon={<Link2 size={20} />} title={t("empty.url")} text={t("empty.url_text")}>
          <Link
            to="/add"
            className="font-medium text-accent after:absolute after:inset-0 after:rounded-[10px] focus-visible:outline-none focus-visible:after:outline-2"
          >
            {t("empty.url_do")}
          </Link>
        </Way>
        <Way icon={<FileJson2 size={20} />} title={t("empty.import")} text={t("empty.import_text")}>
          <Link
            to="/add"
            search={{ what: "file" }}
            className="font-medium text-accent after:absolute after:inset-0 after:rounded-[10px] focus-visible:outline-none focus-visible:after:outline-2"
          >
            {t("empty.import_do")}
          </Link>
        </Way>
        <Way icon={<SquareTerminal size={20} />} title={t("empty.demo")} text={t("empty.demo_text")}>
          <code className="rounded-md bg-sunken px-2 py-1 font-mono text-xs">./pharos up --demo</code>
        </Way>
      </ul>
    </section>
  );
}

function Way({
  icon,
  title,
  text,
  children,
}: {
  icon: ReactNode;
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <li className="card relative flex flex-col gap-2 p-4.5 transition-colors hover:border-line-strong">
      <span className="text-accent">{icon}</span>
      <h2 className="font-semibold">{title}</h2>
      <p className="mb-2 flex-1 text-sm text-muted">{text}</p>
      <span className="text-sm">{children}</span>
    </li>
  );
}
