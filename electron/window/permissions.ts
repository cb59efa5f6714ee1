import type { Session } from 'electron';
import { isPageAddress } from './page-address.ts';

/** The only thing the page may ask the system for: to put text on the clipboard when the person copies. */
const allowed = 'clipboard-sanitized-write';

/** Whether an origin may have a permission. */
export function isPermitted(permission: string, origin: string): boolean {
  return permission === allowed && isPageAddress(origin);
}

/** Denies everything else: camera, microphone, place, notifications, devices, other origins. */
export function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(isPermitted(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isPermitted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  // The spell checker would fetch its dictionaries from a host that nobody chose.
  session.setSpellCheckerEnabled(false);
}
