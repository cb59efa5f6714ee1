import type { QrShape } from './qr-shape.ts';

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
      className="size-56 rounded-control"
    >
      <rect width={size} height={size} fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
}
