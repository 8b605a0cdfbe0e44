import { type Key, t } from "../i18n";
import { Dialog } from "../ui/dialog";

const KEYS: Array<[string[], Key]> = [
  [["Ctrl", "K"], "keys.palette"],
  [["/"], "keys.search"],
  [["j"], "keys.next"],
  [["k"], "keys.previous"],
  [["Enter"], "keys.open"],
  [["r"], "keys.check"],
  [["R"], "keys.refresh"],
  [["g", "s"], "keys.go_servers"],
  [["g", "j"], "keys.go_journal"],
  [["g", "i"], "keys.go_settings"],
  [["g", "a"], "keys.go_add"],
  [["t"], "keys.theme"],
  [["?"], "keys.help"],
];

export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      label={t("keys.title")}
      className="w-[min(26rem,calc(100vw-24px))]!"
    >
      <h2 className="border-b border-line px-5 py-3.5 font-semibold">{t("keys.title")}</h2>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2 px-5 py-4 text-sm">
        {KEYS.map(([keys, text]) => (
          <div key={text} className="contents">
            <dt className="text-muted">{t(text)}</dt>
            <dd className="flex gap-1">
              {keys.map((each) => (
                <kbd key={each} className="kbd">
                  {each}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
