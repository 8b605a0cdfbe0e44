import clsx from "clsx";
import { type ButtonHTMLAttributes, type ReactNode, useId, useState } from "react";
import { useAway } from "./away";

type Kind = "plain" | "primary" | "ghost" | "danger";

const LOOK: Record<Kind, string> = {
  plain: "border border-line-strong bg-surface text-text hover:bg-hover",
  primary: "border border-transparent bg-accent text-on-accent hover:brightness-110",
  ghost: "border border-transparent text-muted hover:bg-hover hover:text-text",
  danger: "border border-transparent bg-bad text-surface hover:brightness-110",
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: Kind;
  /** Square, for an icon; then `label` is what it is called. */
  label?: string;
  small?: boolean;
  /** Why it cannot act now: it stays reachable, and says so when it is pressed. */
  why?: string | null | undefined;
}

/** A button that is never dead: when it cannot act, pressing it tells why. */
export function Button({
  kind = "plain",
  label,
  small,
  why,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const [told, setTold] = useState(false);
  const id = useId();
  const away = useAway<HTMLSpanElement>(told, () => setTold(false));
  const square = label !== undefined;
  return (
    <span ref={away} className={clsx("relative inline-flex", className?.includes("w-full") && "w-full")}>
      <button
        type="button"
        {...rest}
        aria-label={label ?? rest["aria-label"]}
        title={square ? (why ?? label) : undefined}
        aria-disabled={why ? true : undefined}
        aria-describedby={told && why ? id : undefined}
        onClick={(event) => {
          if (why) {
            event.preventDefault();
            setTold(true);
          } else onClick?.(event);
        }}
        className={clsx(
          "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap transition-colors select-none",
          small ? "h-7 text-xs coarse:h-9" : "h-8.5 text-sm coarse:h-10",
          square ? (small ? "w-7 coarse:w-9" : "w-8.5 coarse:w-10") : small ? "px-2.5" : "px-3.5",
          LOOK[kind],
          why && "opacity-50",
          className,
        )}
      >
        {children}
      </button>
      {told && why ? <Why id={id}>{why}</Why> : null}
    </span>
  );
}

function Why({ id, children }: { id: string; children: ReactNode }) {
  return (
    <span
      id={id}
      role="status"
      className="float absolute top-full right-0 z-40 mt-1.5 w-max max-w-64 animate-rise px-3 py-2 text-left text-xs font-normal text-text"
    >
      {children}
    </span>
  );
}
