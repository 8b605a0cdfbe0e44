import { type FormEvent, useState } from "react";
import { ApiError, call } from "../api/client";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Logo } from "../ui/logo";
import { Ring } from "../ui/ring";

/** The way in when an administrator's password is set. */
export function Login({ onDone }: { onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  const enter = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    if (!password) return setWrong(t("login.empty"));
    setBusy(true);
    setWrong(null);
    try {
      await call("login", { body: { password } });
      onDone();
    } catch (e) {
      setWrong(e instanceof ApiError ? e.message : String(e));
      setBusy(false);
    }
  };

  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <form
        onSubmit={(event) => void enter(event)}
        noValidate
        className="card flex w-full max-w-sm flex-col gap-5 p-8"
      >
        <div className="flex flex-col items-center gap-3 text-center">
          <Logo size={44} />
          <h1 className="text-xl font-semibold tracking-tight">{t("login.title")}</h1>
        </div>
        <label className="flex flex-col gap-1.5 text-sm font-medium">
          {t("login.password")}
          <input
            // biome-ignore lint/a11y/noAutofocus: the only field of the only thing to do here
            autoFocus
            type="password"
            name="password"
            autoComplete="current-password"
            aria-invalid={wrong !== null}
            aria-describedby="login-wrong"
            className="field h-10 font-normal"
          />
        </label>
        <p id="login-wrong" role="alert" className="-mt-2 text-sm text-bad-text empty:hidden">
          {wrong}
        </p>
        <Button kind="primary" type="submit" className="h-10 w-full" aria-busy={busy}>
          {busy ? <Ring share={null} /> : null}
          {t("login.enter")}
        </Button>
      </form>
    </main>
  );
}
