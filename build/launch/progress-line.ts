/** Writes the progress of a download: one line that grows on a terminal, a line every tenth elsewhere. */
export function createProgressLine(
  out: { readonly isTTY?: boolean; write(text: string): unknown },
  label: string,
): { update(transferred: number, total: number | null): void; end(): void } {
  let lastTenth = -1;
  let isLineOpen = false;
  return {
    update(transferred, total) {
      const text = `${label}: ${amountOf(transferred, total)}`;
      if (out.isTTY) {
        out.write(`\r${text}\x1b[K`);
        isLineOpen = true;
        return;
      }
      const tenth = total ? Math.floor((transferred / total) * 10) : Math.floor(transferred / 20_000_000);
      if (tenth > lastTenth) out.write(`${text}\n`);
      lastTenth = Math.max(lastTenth, tenth);
    },
    end() {
      if (isLineOpen) out.write('\n');
      isLineOpen = false;
    },
  };
}

function amountOf(transferred: number, total: number | null): string {
  const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
  if (!total) return megabytes(transferred);
  return `${Math.floor((transferred / total) * 100)} % of ${megabytes(total)}`;
}
