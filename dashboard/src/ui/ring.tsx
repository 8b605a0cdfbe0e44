/** Progress as a ring; without a share it turns. */
export function Ring({ share, size = 16 }: { share: number | null; size?: number }) {
  const around = 2 * Math.PI * 6;
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      className={share === null ? "animate-spin" : ""}
    >
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2.2" opacity="0.22" />
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeDasharray={around}
        strokeDashoffset={around * (1 - (share ?? 0.28))}
        transform="rotate(-90 8 8)"
        className="transition-[stroke-dashoffset] duration-300"
      />
    </svg>
  );
}
