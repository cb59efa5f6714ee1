import { Component, type ReactNode } from 'react';

interface CrashGuardProps {
  /** What stands in the place of what broke. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

interface CrashGuardState {
  readonly hasCrashed: boolean;
}

/** Keeps an error that nobody foresaw from leaving an empty window. The error itself stands in the console. */
export class CrashGuard extends Component<CrashGuardProps, CrashGuardState> {
  override state: CrashGuardState = { hasCrashed: false };

  static getDerivedStateFromError(): CrashGuardState {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    return this.state.hasCrashed ? this.props.fallback : this.props.children;
  }
}
