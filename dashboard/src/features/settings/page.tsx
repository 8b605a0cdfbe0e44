import { t } from "../../i18n";

/** Placeholder: the page is still to be built. */
export function SettingsPage() {
  return (
    <div className="flex flex-col gap-2">
      <h1 className="text-xl leading-8 font-semibold tracking-tight">{t("nav.settings")}</h1>
      <p className="text-muted">{t("settings.later")}</p>
    </div>
  );
}
