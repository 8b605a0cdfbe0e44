import { t } from "../i18n";
import { useStore } from "../lib/store";
import { UNDO_MS, undoable } from "../live/commands";

/** What was just done, and a way back for some seconds. */
export function UndoBar() {
  const undo = useStore(undoable);
  if (!undo) return null;
  return (
    <div
      key={undo.id}
      role="status"
      className="fixed bottom-5 left-1/2 z-40 flex -translate-x-1/2 animate-rise items-center gap-4 overflow-hidden rounded-xl bg-text py-2.5 pr-3 pl-4.5 text-sm text-bg shadow-lg max-sm:bottom-[calc(4.5rem+env(safe-area-inset-bottom))]"
    >
      <span className="max-w-[60vw] truncate">{t(`undo.${undo.text.kind}`, { name: undo.text.name })}</span>
      <button
        type="button"
        onClick={undo.undo}
        className="rounded-md px-2.5 py-1 font-semibold underline underline-offset-3 hover:no-underline"
      >
        {t("undo.undo")}
      </button>
      <span
        aria-hidden="true"
        className="absolute inset-x-0 bottom-0 h-0.5 origin-left animate-[shrink_linear_forwards] bg-warn"
        style={{ animationDuration: `${UNDO_MS}ms` }}
      />
    </div>
  );
}
