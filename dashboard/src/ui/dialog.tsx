import clsx from "clsx";
import { type ReactNode, useEffect, useRef } from "react";

/** The browser's own modal: it holds the focus, gives it back, and closes on Escape. */
export function Dialog({
  open,
  onClose,
  label,
  children,
  className,
}: {
  open: boolean;
  onClose: () => void;
  label: string;
  children: ReactNode;
  className?: string;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (open && dialog && !dialog.open) dialog.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click is one on the backdrop.
    <dialog
      ref={ref}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className={clsx(
        "float m-auto max-h-[85dvh] w-[min(36rem,calc(100vw-24px))] overflow-hidden p-0",
        className,
      )}
    >
      {open ? children : null}
    </dialog>
  );
}
