/** What the person wrote, as they wrote it. */
export function Bubble({ text }: { readonly text: string }) {
  return (
    <div
      dir="auto"
      className="max-w-full whitespace-pre-wrap rounded-[14px] rounded-ee-[4px] bg-accent-soft px-3.5 py-2.5 [overflow-wrap:anywhere]"
    >
      {text}
    </div>
  );
}
