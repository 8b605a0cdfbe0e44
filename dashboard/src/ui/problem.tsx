import { CircleAlert } from "lucide-react";
import { t } from "../i18n";
import { Button } from "./button";

/** What went wrong, and a way to try again. */
export function Problem({ error, onAgain }: { error: Error; onAgain?: () => void }) {
  return (
    <div
      role="alert"
      className="card mx-auto mt-16 flex max-w-md flex-col items-center gap-3 px-6 py-10 text-center"
    >
      <CircleAlert className="text-bad" aria-hidden="true" />
      <p>{error.message}</p>
      {onAgain ? <Button onClick={onAgain}>{t("action.again")}</Button> : null}
    </div>
  );
}
