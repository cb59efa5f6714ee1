/** An event whose listeners can keep something from happening. */
export interface PreventableEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** A fresh event with more members, as Electron hands it to listeners. */
export function preventable<Members extends object>(members: Members): PreventableEvent & Members;
export function preventable(): PreventableEvent;
export function preventable(members: object = {}): PreventableEvent {
  const event = {
    defaultPrevented: false,
    preventDefault: (): void => {
      event.defaultPrevented = true;
    },
    ...members,
  };
  return event;
}
