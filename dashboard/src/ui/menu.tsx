import clsx from "clsx";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";

/** A menu behind a button; arrow keys, typing and Escape work as everywhere. */
export function Menu({
  trigger,
  children,
  align = "end",
  open,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  /** Whether it is open from the beginning, and what opened it: keys want the first item chosen. */
  open?: "by_pointer" | "by_keys" | undefined;
}) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open !== "by_keys") return;
    // The library heard no key: it was not there yet. After it has put the focus on the whole menu.
    const timer = setTimeout(() =>
      content.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus(),
    );
    return () => clearTimeout(timer);
  }, [open]);
  return (
    // Not modal: the library would put a style element into the page, which our policy refuses.
    <DropdownMenu.Root modal={false} defaultOpen={open !== undefined}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          ref={content}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="float z-50 min-w-44 animate-rise p-1 text-sm"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM =
  "flex h-8 coarse:h-10 items-center gap-2.5 rounded-md px-2.5 outline-none select-none cursor-default data-highlighted:bg-sunken";

export function MenuItem({
  icon,
  children,
  hint,
  danger,
  onSelect,
}: {
  icon?: ReactNode;
  children: ReactNode;
  hint?: string;
  danger?: boolean;
  onSelect: () => void;
}) {
  return (
    <DropdownMenu.Item className={clsx(ITEM, danger && "text-bad-text")} onSelect={onSelect}>
      <span className="grid size-4 place-items-center text-muted">{icon}</span>
      <span className="flex-1">{children}</span>
      {hint ? <kbd className="kbd">{hint}</kbd> : null}
    </DropdownMenu.Item>
  );
}

export function MenuCheck({
  checked,
  children,
  onChange,
}: {
  checked: boolean;
  children: ReactNode;
  onChange: (checked: boolean) => void;
}) {
  return (
    <DropdownMenu.CheckboxItem
      className={ITEM}
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="grid size-4 place-items-center text-accent">
        {checked ? <Check size={15} /> : null}
      </span>
      <span className="flex-1">{children}</span>
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-xs text-faint">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />;
}
