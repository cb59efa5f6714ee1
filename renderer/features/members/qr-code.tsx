import type { QrShape } from './qr-shape.ts';

/** Edge of a unit as it is shown, px: whole, so that all squares are of one size. */
const shownPx = 4;

interface QrCodeProps {
  shape: QrShape;
  /** What the picture is, for those who do not see it. */
  label: string;
}

/** A QR code, dark on light in both themes: cameras expect it so. */
export function QrCode({ shape: { size, path }, label }: QrCodeProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="max-w-full rounded-control"
      style={{ width: size * shownPx, height: 'auto' }}
    >
      <rect width={size} height={size} fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
}
