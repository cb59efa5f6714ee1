interface ProgressProps {
  /** What is being done. */
  label: string;
  /** 0..1, or `null` while it is not known. */
  share: number | null;
  /** How far, in words: "120 of 400 messages". */
  detail?: string | undefined;
}

/** How far long work has come. */
export function Progress({ label, share, detail }: ProgressProps) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div className="min-w-0 flex-1">
      <div className="flex flex-wrap justify-between gap-x-3 text-small">
        <span>{label}</span>
        {detail !== undefined && <span className="text-ink-2 tabular-nums">{detail}</span>}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={detail}
        className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: percent === undefined ? '30%' : `${percent}%` }}
        />
      </div>
    </div>
  );
}
