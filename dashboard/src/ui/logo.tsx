/** The lighthouse. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <path d="M12.6 13h6.8l2 14.5H10.6Z" className="fill-text" />
      <path d="M12 17.6h8l.5 3.6h-9Z" className="fill-surface" opacity="0.85" />
      <rect x="8.5" y="27" width="15" height="2.4" rx="1.2" className="fill-text" />
      <path d="M12.2 12.2V9.4L16 6.2l3.8 3.2v2.8Z" className="fill-warn" />
      <path d="M16 4.2v2" className="stroke-text" strokeWidth="1.6" strokeLinecap="round" />
      <path
        d="M22.4 9.6 29 7.2M22.4 12l6.6 2M9.6 9.6 3 7.2M9.6 12 3 14"
        className="stroke-warn"
        strokeWidth="1.6"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  );
}
